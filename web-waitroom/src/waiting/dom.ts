/**
 * A minimal virtual DOM. Elements stay in place between two descriptions of the same shape, so that focus, animations
 * and screen readers are not disturbed.
 */
export type Node = { tag: string; props: Props; children: (Node | string)[] };
type Props = Record<string, string | number | boolean | (() => void) | undefined>;
type Child = Node | string | null | false;

const described = new WeakMap<Element, Node>();

export function h(tag: string, props: Props = {}, ...children: Child[]): Node {
  return { tag, props, children: children.filter((child) => child !== null && child !== false) };
}

/** Makes the children of `parent` match `nodes`. A changed tag or `key` creates a new element. */
export function patch(parent: Element, nodes: (Node | string)[]): void {
  nodes.forEach((node, index) => {
    const present = parent.childNodes[index];
    if (typeof node === 'string') {
      if (present?.nodeType === 3) {
        if (present.nodeValue !== node) present.nodeValue = node;
      } else put(parent, document.createTextNode(node), present);
      return;
    }
    const before = present instanceof Element ? described.get(present) : undefined;
    const same = before?.tag === node.tag && before.props.key === node.props.key;
    // The same tag: `described` knows elements only.
    const element = same ? (present as Element) : document.createElement(node.tag);
    setProps(element, same ? before.props : {}, node.props);
    described.set(element, node);
    patch(element, node.children);
    if (!same) put(parent, element, present);
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild?.remove();
}

function put(parent: Element, made: globalThis.Node, present: ChildNode | undefined): void {
  if (present) present.replaceWith(made);
  else parent.append(made);
}

function setProps(element: Element, before: Props, after: Props): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (name === 'key' || before[name] === value) continue;
    if (name.startsWith('on')) Object.assign(element, { [name]: value ?? null });
    else if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}
