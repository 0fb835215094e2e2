// The one script of an exported page besides Plotly: draws each figure when it comes into view, in the page's own light
// or dark, and fits it to a phone. Plain browser code, kept as text: the page is made where there is no browser.

/** Colours of the shared look that would be lost on dark paper, and what stands for them there. */
const DARK_COLOURS = {
  '#ffffff': '#14171a',
  '#1a1d21': '#e6e9ec',
  '#30363d': '#c3cad1',
  '#e3e6ea': '#2b3137',
  '#c4c9cf': '#4a525a',
  '#0072b2': '#3d9fdc',
  '#332288': '#9d90f0',
  '#882255': '#d66a9e',
  '#7a1f3d': '#d9688f',
  '#c2410c': '#f0763f',
};

export const EXPORT_SCRIPT = `'use strict';
(() => {
  const darkColours = ${JSON.stringify(DARK_COLOURS)};
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const coarse = matchMedia('(pointer: coarse)');
  const narrowPx = 600;
  const crowdedPx = 720;

  const recolour = (value, key) => {
    if (Array.isArray(value)) return value.map((each) => recolour(each, key === 'colorway' ? 'color' : ''));
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, recolour(each, name)]));
    return typeof value === 'string' && /color$/.test(key) ? (darkColours[value.toLowerCase()] ?? value) : value;
  };

  const wrap = (text, width) => {
    const lines = [''];
    for (const word of text.split(' ')) {
      if ((lines.at(-1) + word).length > width && lines.at(-1)) lines.push('');
      lines.push((lines.pop() + ' ' + word).trim());
    }
    return lines.join('<br>');
  };

  const fitToPhone = (layout, width) => {
    const title = typeof layout.title === 'string' ? layout.title : (layout.title?.text ?? '');
    const wrapped = wrap(title, Math.floor(width / 8));
    const lines = wrapped.split('<br>').length;
    return {
      ...layout,
      title: { ...(typeof layout.title === 'object' && layout.title), text: wrapped, font: { size: 14 }, pad: { t: 14, l: 4 } },
      legend: { ...layout.legend, orientation: 'h', x: 0, xanchor: 'left', xref: 'container', y: 0, yref: 'container', yanchor: 'bottom' },
      margin: { ...layout.margin, l: 40, r: 8, t: 24 + 20 * lines },
    };
  };

  // several plots in one, or words all over it: sideways is better than on top of each other
  const isCrowded = (layout) => 'xaxis3' in layout || (layout.annotations ?? []).length > 4;

  const draw = (frame) => {
    const json = frame.querySelector('script').textContent;
    const { data, layout = {} } = dark.matches ? recolour(JSON.parse(json), '') : JSON.parse(json);
    const width = frame.clientWidth;
    const isNarrow = width < narrowPx;
    const fitted = isNarrow && !isCrowded(layout) ? fitToPhone(layout, width) : layout;
    let plot = frame.querySelector('.drawn');
    if (!plot) {
      plot = document.createElement('div');
      plot.className = 'drawn';
      frame.append(plot);
    }
    plot.style.height = (layout.height ?? 420) + 'px';
    plot.style.width = isNarrow && isCrowded(layout) ? crowdedPx + 'px' : '';
    // a finger scrolls the page; a mouse may zoom
    const sized = { ...fitted, width: undefined, autosize: true, ...(coarse.matches && { dragmode: false }) };
    const config = { responsive: true, displaylogo: false, ...(coarse.matches && { displayModeBar: false }) };
    Plotly.react(plot, data, sized, config)
      .then(() => frame.classList.add('is-drawn'));
  };

  const frames = [...document.querySelectorAll('figure.plot')];
  const watch = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      draw(target);
    }
  }, { rootMargin: '300px' });
  frames.forEach((frame) => watch.observe(frame));
  dark.addEventListener('change', () => frames.filter((frame) => frame.classList.contains('is-drawn')).forEach(draw));
})();
`;
