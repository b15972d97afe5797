// The version of the tool, as provenance and run journals record it. A test keeps it equal to package.json.
export const toolName = 'mle-forge';
export const toolVersion = '0.1.0';
