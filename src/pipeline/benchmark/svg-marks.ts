// The few marks that the plots are made of, as SVG that any viewer shows: no scripts, no styles, no fonts of its own.

/** Dark text on white: the picture stands on pages of any colour. */
export const INK = '#1f2933';
export const FAINT = '#d5dbe1';
/** Told apart also by those who do not see all colours (Okabe and Ito). */
export const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7'] as const;

export function svgDocument(width: number, height: number, title: string, marks: readonly string[]): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="sans-serif" font-size="13">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    svgText(16, 26, title, { size: 16 }),
    ...marks,
    '</svg>',
  ].join('\n')}\n`;
}

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly colour?: string;
}

export function svgText(x: number, y: number, text: string, style: TextStyle = {}): string {
  const { anchor = 'start', size, colour = INK } = style;
  const sizeText = size === undefined ? '' : ` font-size="${size}"`;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${colour}"${sizeText}>${escapeXml(text)}</text>`;
}

export function svgLine(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}" stroke-width="${width}"/>`;
}

export function svgDot(x: number, y: number, radius: number, colour: string): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${colour}"/>`;
}

export function svgBar(x: number, y: number, width: number, height: number, colour: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" fill="${colour}"/>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
