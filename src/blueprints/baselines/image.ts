// Vectors of images: small grey pictures, and directions of edges with colours.
import type { MediaRecipe } from './media.ts';

export const imageSimple: MediaRecipe = {
  measures: 'grey values of small pictures',
  constants: ['SIDE = 16  # pixels'],
  functions: [
    `def describe(path: Path) -> np.ndarray:
    """The picture as SIDE x SIDE grey values from 0 to 1."""
    with Image.open(path) as image:
        small = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=float).ravel() / 255
`,
  ],
  classifier: 'LogisticRegression({weight}C=0.1, max_iter=1000)',
  probabilities: 'LogisticRegression(C=0.1, max_iter=1000)',
  regressor: 'Ridge(alpha=100)',
  modelName: 'a linear model',
  reduce: '',
  mostRows: null,
};

export const imageStrong: MediaRecipe = {
  measures: 'directions of edges (HOG) and a coarse picture of the colours',
  constants: ['SIDE, CELL, DIRECTIONS = 64, 8, 9  # pixels, pixels, bins of 20 degrees'],
  functions: [
    `def describe(path: Path) -> np.ndarray:
    """Histograms of edge directions, then the colours of an 8 x 8 picture and their spread."""
    with Image.open(path) as image:
        small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=float) / 255
    colours = pixels.reshape(8, SIDE // 8, 8, SIDE // 8, 3).mean(axis=(1, 3))
    return np.concatenate([edges(pixels.mean(axis=2)), colours.ravel(), pixels.std(axis=(0, 1))])
`,
    `def edges(grey: np.ndarray) -> np.ndarray:
    """Histogram of oriented gradients (Dalal and Triggs, 2005): 2 x 2 cells of CELL pixels make a normalised block."""
    down, right = np.gradient(np.sqrt(grey))
    strength, angle = np.hypot(down, right), np.arctan2(down, right) % np.pi / np.pi * DIRECTIONS
    cells = SIDE // CELL
    histogram = np.zeros((DIRECTIONS, cells, cells))
    for direction in range(DIRECTIONS):
        # A gradient counts for the two nearest directions, by nearness; direction 0 follows on the last.
        distance = np.abs((angle - direction + DIRECTIONS / 2) % DIRECTIONS - DIRECTIONS / 2)
        share = strength * np.clip(1 - distance, 0, None)
        histogram[direction] = share.reshape(cells, CELL, cells, CELL).sum(axis=(1, 3))
    h = histogram.transpose(1, 2, 0)
    blocks = np.concatenate([h[:-1, :-1], h[1:, :-1], h[:-1, 1:], h[1:, 1:]], axis=2)
    return (blocks / np.sqrt((blocks**2).sum(axis=2, keepdims=True) + 1e-4)).ravel()
`,
  ],
  classifier: 'SVC({weight}C=10)',
  probabilities: 'CalibratedClassifierCV(SVC(C=10), ensemble=False)',
  regressor: 'TransformedTargetRegressor(SVR(C=3), transformer=StandardScaler())',
  modelName: 'a support vector machine',
  reduce: 'PCA(min(200, len(rows) // 2), random_state=0)',
  mostRows: 8000,
};
