// What a notebook draws: Plotly's JSON and nothing else, so that it can be stored, compared and drawn anywhere.

/** What Plotly draws. Both parts are plain JSON; a time on an axis of type `date` is in ms since epoch, shown in UTC. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout?: object;
}
