// Elements in one call. Text becomes text and attributes become attributes, never markup: what a log line says can do
// nothing here.

export type Attribute = string | number | boolean | null | undefined | ((event: Event) => void);
export type Child = Node | string | number | null | undefined | false;

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/**
 * @param attributes false, null and undefined are left out, true is an empty attribute; a function under `onclick` and the
 *   like is a listener. `style` is refused: the page's policy forbids it, so classes or `style.setProperty` say how it looks
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  append(made, children);
  return made;
}

/** Of the SVG namespace. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(SVG_NAMESPACE, tag);
  setAttributes(made, attributes);
  append(made, children);
  return made;
}

/** Takes out what is there and puts in what is given. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...children.filter(isThere).map(nodeOf));
}

export function append(parent: Element, children: readonly Child[]): void {
  parent.append(...children.filter(isThere).map(nodeOf));
}

/**
 * Children by key: those that are still wanted stay the nodes they are, so that focus, selection and scroll stay with them.
 *
 * @param make of a key that is new
 * @param update of every key, in order
 */
export function keepChildren<Item, Made extends Element>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  make: (item: Item) => Made,
  update: (made: Made, item: Item) => void,
): void {
  const kept = new Map<string, Made>();
  for (const child of parent.children) {
    const key = child.getAttribute('data-key');
    if (key !== null) kept.set(key, child as Made);
  }
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const made = kept.get(key) ?? make(item);
    kept.delete(key);
    made.setAttribute('data-key', key);
    update(made, item);
    return made;
  });
  for (const [, gone] of kept) gone.remove();
  const focused = document.activeElement;
  // moved only where the order differs: moving a node takes its focus away
  wanted.forEach((made, index) => {
    if (parent.children[index] !== made) parent.insertBefore(made, parent.children[index] ?? null);
  });
  if (focused instanceof HTMLElement && focused !== document.activeElement && parent.contains(focused))
    focused.focus({ preventScroll: true });
}

function setAttributes(made: Element, attributes: Readonly<Record<string, Attribute>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else if (name === 'style' || name.startsWith('on'))
      throw new TypeError(`the page's policy forbids the attribute '${name}': use a class or a listener`);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
}

function isThere(child: Child): child is Node | string | number {
  return child !== null && child !== undefined && child !== false;
}

function nodeOf(child: Node | string | number): Node | string {
  return typeof child === 'number' ? String(child) : child;
}
