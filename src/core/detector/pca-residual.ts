// PCA residual: what the principal components of healthy volumes, rates and rolling statistics leave unexplained
// (squared prediction error, Jackson & Mudholkar 1979), through ml-pca.
import { PCA } from 'ml-pca';
import type { FeatureDeclaration } from '../features/feature-spec.js';
import { type Detector, type DetectorInput, quantile, squash } from './detector.js';

const KEPT_VARIANCE = 0.95;
/** Windows that the components are computed from, evenly spaced. */
const MAX_ROWS = 5000;

interface PcaModel {
  readonly columns: readonly number[];
  readonly mean: readonly number[];
  /** Rows: components of unit length. */
  readonly components: readonly (readonly number[])[];
  /** 99th percentile of healthy residuals. */
  readonly half: number;
}

export const pcaResidual: Detector<PcaModel> = {
  name: 'pca-residual',
  sentence: 'volumes and rates that do not move together as they do in healthy logs',
  fit: (features, windows) => {
    const columns = features.flatMap(({ unit }, index) =>
      unit === 'records' || unit === 'ratio' ? [index] : [],
    );
    const step = Math.max(1, windows.length / MAX_ROWS);
    const rows: number[][] = [];
    for (let i = 0; Math.floor(i) < windows.length; i += step)
      rows.push(columns.map((column) => windows[Math.floor(i)]!.scaled[column]!));
    const mean = columns.map((_, index) => rows.reduce((sum, row) => sum + row[index]!, 0) / rows.length);
    const components = componentsOf(rows.map((row) => row.map((value, index) => value - mean[index]!)));
    const model: PcaModel = { columns, mean, components, half: 1 };
    const residuals = Float64Array.from(windows, (window) => norm(residualOf(model, window)));
    return { ...model, half: Math.max(1, quantile(residuals, 0.99)) };
  },
  create: (_features: readonly FeatureDeclaration[], model) => ({
    scoreOne: (input) => squash(norm(residualOf(model, input)), model.half),
    contributions: (input) =>
      residualOf(model, input)
        .map((residual, index) => ({ feature: model.columns[index]!, amount: Math.abs(residual) }))
        .filter(({ amount }) => amount > 1)
        .sort((a, b) => b.amount - a.amount || a.feature - b.feature),
  }),
};

function componentsOf(centred: number[][]): readonly (readonly number[])[] {
  if (centred.every((row) => row.every((value) => value === 0))) return [];
  const pca = new PCA(centred, { center: false, scale: false, method: 'SVD' });
  const explained = pca.getExplainedVariance();
  const loadings = pca.getEigenvectors();
  const components: number[][] = [];
  let kept = 0;
  for (let k = 0; k < explained.length && kept < KEPT_VARIANCE; k++) {
    kept += explained[k]!;
    components.push(loadings.getColumn(k));
  }
  return components;
}

function residualOf(model: PcaModel, { scaled }: DetectorInput): number[] {
  const centred = model.columns.map((column, index) => scaled[column]! - model.mean[index]!);
  const residual = [...centred];
  for (const component of model.components) {
    const along = component.reduce((sum, weight, index) => sum + weight * centred[index]!, 0);
    component.forEach((weight, index) => (residual[index] = residual[index]! - along * weight));
  }
  return residual;
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
