// Vectors of recordings: loudness by pitch, and richer statistics of timbre, loudness and length.
import type { MediaRecipe } from './media.ts';

const load = `def load(path: Path) -> tuple[np.ndarray, int]:
    """The first SECONDS of the recording, channels averaged, with the number of samples per second."""
    with sf.SoundFile(path) as sound:
        rate = sound.samplerate
        samples = sound.read(SECONDS * rate, dtype="float32", always_2d=True).mean(axis=1)
    return np.pad(samples, (0, max(0, FRAME - len(samples)))), rate
`;

const spectra = `def spectrum(samples: np.ndarray, rate: int) -> np.ndarray:
    """Logarithm of the power in BANDS bands of pitch, one row for each frame."""
    starts = np.arange(0, len(samples) - FRAME + 1, FRAME // 2)
    frames = samples[starts[:, None] + np.arange(FRAME)] * np.hanning(FRAME)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    edges = np.geomspace(50, 16_000, BANDS + 1)
    band = np.digitize(np.fft.rfftfreq(FRAME, 1 / rate), edges)
    sums = np.stack([power[:, band == number].sum(axis=1) for number in range(1, BANDS + 1)], axis=1)
    return np.log10(sums + 1e-6)
`;

export const audioSimple: MediaRecipe = {
  measures: 'mean and spread of the loudness in bands of pitch',
  constants: ['SECONDS, FRAME, BANDS = 30, 2048, 20'],
  functions: [
    `def describe(path: Path) -> np.ndarray:
    """Mean and standard deviation over time of the loudness in each band."""
    bands = spectrum(*load(path))
    return np.concatenate([bands.mean(axis=0), bands.std(axis=0)])
`,
    load,
    spectra,
  ],
  classifier: 'LogisticRegression({weight}C=0.1, max_iter=1000)',
  probabilities: 'LogisticRegression(C=0.1, max_iter=1000)',
  regressor: 'Ridge(alpha=10)',
  modelName: 'a linear model',
  reduce: '',
  mostRows: null,
};

export const audioStrong: MediaRecipe = {
  measures: 'statistics of timbre, loudness and length',
  constants: ['SECONDS, FRAME, BANDS = 30, 2048, 40'],
  functions: [
    `def describe(path: Path) -> np.ndarray:
    """Cepstrum of the bands (timbre) over time, the course of the loudness, brightness and length."""
    samples, rate = load(path)
    bands = spectrum(samples, rate)
    number = np.arange(BANDS)
    cosines = np.cos(np.pi / BANDS * (number + 0.5) * number[:20, None])
    timbre = bands @ cosines.T / BANDS
    change = np.diff(timbre, axis=0, prepend=timbre[:1])
    loudness = bands.max(axis=1)
    level = 10**bands
    brightness = level @ number / level.sum(axis=1)
    course = np.interp(np.linspace(0, 1, 8), np.linspace(0, 1, len(loudness)), loudness)
    sizes = [np.log(len(samples) / rate), np.abs(samples).max(), samples.std(), np.argmax(loudness) / len(loudness)]
    crossings = np.mean(np.diff(np.signbit(samples)))
    return np.concatenate(
        [
            *(part for rows in (timbre, change) for part in (rows.mean(axis=0), rows.std(axis=0))),
            np.quantile(bands, [0.1, 0.5, 0.9], axis=0).ravel(),
            np.quantile(brightness, [0.1, 0.5, 0.9]),
            course - course.max(),
            sizes,
            [crossings, brightness.std(), loudness.std()],
        ]
    )
`,
    load,
    spectra,
  ],
  classifier: 'ExtraTreesClassifier(500, {weight}random_state=0)',
  probabilities: 'ExtraTreesClassifier(500, min_samples_leaf=2, random_state=0)',
  regressor: 'ExtraTreesRegressor(500, random_state=0)',
  modelName: 'randomised trees',
  reduce: '',
  mostRows: 10_000,
};
