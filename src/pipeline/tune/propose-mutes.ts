// Lines that only false alerts are about, to be muted. A line that is usual somewhere is never proposed: muted it would be
// missing there, and its volume gone from what is compared with health.
import { strongestTemplateOf } from '../../core/alert-kind.js';
import type { Artifact } from '../../core/artifact.js';
import { RARE_SHARE } from '../../core/features/featurizer.js';
import { isJudged, isRight, type ToldAlert } from './judged-alerts.js';
import { type SourceHistory, windowsIn } from './score-history.js';
import { scoreWithout } from './without-templates.js';

export interface MuteProposal {
  readonly templateId: string;
  readonly text: string;
  /** A raw line; empty where none was kept. */
  readonly example: string;
  readonly services: readonly string[];
  /** Alerts judged false that it is the strongest reason of. */
  readonly falseAlertIds: readonly string[];
}

export interface MuteLeftOut {
  readonly templateId: string;
  readonly text: string;
  readonly falseAlerts: number;
  /**
   * `of a real alert`: it is the strongest reason of one, too; `usual`: healthy windows hold it; `would lose a real alert`:
   * what is left of that alert's reasons would not have been told.
   */
  readonly cause: 'of a real alert' | 'usual' | 'would lose a real alert';
}

export interface MuteProposals {
  readonly mutes: readonly MuteProposal[];
  readonly leftOut: readonly MuteLeftOut[];
}

type Reason = Omit<MuteProposal, 'falseAlertIds' | 'services'> & {
  readonly services: Set<string>;
  readonly falseAlertIds: Set<string>;
  isOfRight: boolean;
};

/** Those with the most false alerts first. @param histories by source, as stored */
export function proposeMutes(
  told: readonly ToldAlert[],
  histories: ReadonlyMap<string, SourceHistory>,
  thresholdOf: (source: string) => number,
  { spec, tuning }: Pick<Artifact, 'spec' | 'tuning'>,
): MuteProposals {
  const muted = new Set(tuning?.mutedTemplates.map(({ templateId }) => templateId));
  const reasons = [...reasonsOf(told, histories).values()]
    .filter(({ templateId, falseAlertIds }) => falseAlertIds.size > 0 && !muted.has(templateId))
    .sort((a, b) => b.falseAlertIds.size - a.falseAlertIds.size || (a.templateId < b.templateId ? -1 : 1));
  const right = told.filter(isRight);
  const isTold = (alert: ToldAlert): boolean => {
    const history = histories.get(alert.source);
    if (history === undefined) return true;
    const [first, behind] = windowsIn(history, alert);
    let isAlerting = first === behind;
    for (let at = first; at < behind && !isAlerting; at++) {
      const explanation = history.explanations.get(history.startsMs[at]!);
      const score = history.scores[at]!;
      const left = explanation ? scoreWithout(score, explanation, (id) => muted.has(id)) : score;
      isAlerting = left >= thresholdOf(alert.source);
    }
    return isAlerting;
  };

  const mutes: MuteProposal[] = [];
  const leftOut: MuteLeftOut[] = [];
  const heard = right.filter(isTold);
  for (const reason of reasons) {
    const cause = reason.isOfRight
      ? 'of a real alert'
      : isUsual(reason.templateId, spec)
        ? 'usual'
        : undefined;
    muted.add(reason.templateId);
    const losing = cause ?? (heard.every(isTold) ? undefined : 'would lose a real alert');
    if (losing === undefined) mutes.push(proposalOf(reason));
    else {
      muted.delete(reason.templateId);
      const { templateId, text, falseAlertIds } = reason;
      leftOut.push({ templateId, text, falseAlerts: falseAlertIds.size, cause: losing });
    }
  }
  return { mutes, leftOut };
}

/** The strongest template of each window of each judged alert, by id. */
function reasonsOf(
  told: readonly ToldAlert[],
  histories: ReadonlyMap<string, SourceHistory>,
): ReadonlyMap<string, Reason> {
  const reasons = new Map<string, Reason>();
  for (const alert of told.filter(isJudged)) {
    const history = histories.get(alert.source);
    if (history === undefined) continue;
    const [first, behind] = windowsIn(history, alert);
    for (const startMs of history.startsMs.slice(first, behind)) {
      const explanation = history.explanations.get(startMs);
      const template = explanation && strongestTemplateOf(explanation);
      // what stays away cannot be muted
      if (!template || template.event === 'disappeared') continue;
      const { templateId, text, example, service } = template;
      let reason = reasons.get(templateId);
      if (reason === undefined) {
        reason = {
          templateId,
          text,
          example,
          services: new Set(),
          falseAlertIds: new Set(),
          isOfRight: false,
        };
        reasons.set(templateId, reason);
      }
      reason.services.add(service);
      if (isRight(alert)) reason.isOfRight = true;
      else reason.falseAlertIds.add(alert.alertId);
    }
  }
  return reasons;
}

/** Whether any source has it in as many healthy windows as make it no rarity. */
function isUsual(templateId: string, { vocabularies }: Artifact['spec']): boolean {
  return vocabularies.some(({ types, windows }) =>
    types.some((type) => type.templateId === templateId && type.windows >= RARE_SHARE * windows),
  );
}

function proposalOf({ templateId, text, example, services, falseAlertIds }: Reason): MuteProposal {
  return { templateId, text, example, services: [...services].sort(), falseAlertIds: [...falseAlertIds] };
}
