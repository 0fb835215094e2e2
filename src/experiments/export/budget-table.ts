// One detector at several alert budgets: the threshold that each asks for, and what it would have done behind the fit.
import { finishFit, type FitData, type FitOptions } from '../fit/fit.js';
import type { Row } from '../notebook/row.js';
import type { HeldOut } from './held-out.js';

/** @param at what a threshold would have done behind the fit */
export function budgetTable(
  data: FitData,
  options: FitOptions,
  budgetsPerDay: readonly number[],
  at: (threshold: number) => HeldOut,
): readonly Row[] {
  return budgetsPerDay.map((budgetPerDay) => {
    const { threshold } = finishFit(data, { ...options, budgetPerDay });
    const { falseAlertsPerDay, perDayInterval, caught, labels } = at(threshold.value);
    return {
      'budget, a day and source': budgetPerDay,
      threshold: threshold.value,
      'could be': threshold.interval.map((each) => each.toFixed(3)).join(' to '),
      'false alerts a day and source': falseAlertsPerDay,
      'rate could be': perDayInterval.map((each) => each.toFixed(2)).join(' to '),
      'anomalies caught': `${caught} of ${labels}`,
    };
  });
}
