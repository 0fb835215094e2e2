// How a page looks that hangs on a wall and is read from some metres away: type by the width of the screen, the overview's two
// parts side by side, and nothing that needs a hand. Chosen by `size=wall` in the address or in the settings.
export const WALL_STYLE = `
/* 25 px at 1920 and 50 px at 3840: on a screen 1.2 m wide capital letters are 11 mm tall */
:root[data-size='wall'] { font-size: clamp(16px, 1.3vw, 64px); }
[data-size='wall'] :is(.acts, .key-hint, .lane-foot, .lane-table, .toggles, .incidents-panel input) { display: none; }
[data-size='wall'] .banner { padding-top: .8rem; padding-bottom: .8rem; }
[data-size='wall'] .banner strong { font-size: 1.5rem; }
[data-size='wall'] .headline { grid-template-columns: minmax(0, 1fr); gap: 0; }
[data-size='wall'] .headline span { white-space: normal; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
@media (min-width: 1400px) {
  [data-size='wall'] .view-overview { grid-template-columns: minmax(0, 5fr) minmax(0, 4fr); align-items: start; }
}
`;
