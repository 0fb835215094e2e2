// In whose terms an alert is remembered. One artifact takes the place of another while an alert is on: what both mean by the
// same words can be compared, all else begins anew.

/** Plain JSON. */
export interface ArtifactTerms {
  /** Of the artifact with its version, `name@version`: whose scores these are. */
  readonly name: string;
  /** Names the dictionary: the same lines have the same template ids where it is the same. */
  readonly lines: string;
  /** Names the unit in which features move the score. */
  readonly amounts: string;
}

/** Whether they are known to be of two artifacts: nothing is known of states of earlier versions. */
export function isOfAnother(own: ArtifactTerms | undefined, other: ArtifactTerms | undefined): boolean {
  return own !== undefined && other !== undefined && own.name !== other.name;
}

/** Whether amounts of one say nothing about amounts of the other. */
export function hasOtherAmounts(own: ArtifactTerms | undefined, other: ArtifactTerms | undefined): boolean {
  return isOfAnother(own, other) && own!.amounts !== other!.amounts;
}
