"""Conditions on a text column `v`, shared by the measurements."""

INTEGER = "regexp_full_match(v, '\\s*[+-]?[0-9]+\\s*')"
NUMBER = "regexp_full_match(v, '\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*')"
DECIMAL_COMMA = "regexp_full_match(v, '\\s*[+-]?[0-9]+(,[0-9]+)?\\s*')"
DECORATED = "regexp_full_match(v, '\\s*[$€£]?\\s*[+-]?[0-9]{1,3}(,[0-9]{3})*(\\.[0-9]+)?\\s*[%€$£]?\\s*')"
PADDED = "regexp_full_match(v, '\\s*[+-]?0[0-9]+\\s*')"
