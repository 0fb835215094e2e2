// How the page looks: one style sheet, served as it stands here.

export const STYLE = [].join('\n');
