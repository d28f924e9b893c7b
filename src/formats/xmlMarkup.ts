import { encodeXml, type XmlElement, type XmlNode } from '../syntax/xml.ts';

const tagOfFace: Readonly<Record<string, string>> = { italic: 'i', bold: 'b', superscript: 'sup', subscript: 'sub' };

/** The text of an element, its `style` faces as our inline markup. Walks with its own stack. */
export function styledText(element: XmlElement): string {
  const parts: string[] = [];
  const stack: (XmlNode | { readonly close: string })[] = [element];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') {
      parts.push(node);
    } else if ('close' in node) {
      parts.push(node.close);
    } else {
      const faces = node.name === 'style' ? (node.attributes.get('face') ?? '').split(' ') : [];
      const tags = faces
        .map(face => (Object.hasOwn(tagOfFace, face) ? tagOfFace[face] : undefined))
        .filter(tag => tag !== undefined);
      for (const tag of tags) parts.push(`<${tag}>`);
      stack.push({
        close: tags
          .reverse()
          .map(tag => `</${tag}>`)
          .join(''),
      });
      for (let child = node.children.length - 1; child >= 0; child--) {
        stack.push(node.children[child] ?? '');
      }
    }
  }
  return parts.join('');
}

const faceOfTag: Readonly<Record<string, string>> = {
  i: 'italic',
  em: 'italic',
  b: 'bold',
  strong: 'bold',
  sup: 'superscript',
  sub: 'subscript',
};

/** Our inline markup as `style` elements; without markup the text alone. */
export function writeStyled(text: string): string {
  const pieces = text.split(/(<\/?(?:i|em|b|strong|sup|sub|sc|span)(?:\s[^<>]*)?>)/iu);
  if (pieces.length === 1) {
    return encodeXml(text);
  }
  const open: (string | undefined)[] = [];
  /** How many open tags ask for each face. */
  const faces = new Map<string, number>();
  const count = (face: string | undefined, by: number): void => {
    if (face === undefined) return;
    const now = (faces.get(face) ?? 0) + by;
    if (now > 0) faces.set(face, now);
    else faces.delete(face);
  };
  return pieces
    .map((piece, at) => {
      if (at % 2 === 0) {
        const face = faces.size === 0 ? 'normal' : [...faces.keys()].join(' ');
        return piece === '' ? '' : `<style face="${face}" font="default" size="100%">${encodeXml(piece)}</style>`;
      }
      const name = /[a-z]+/iu.exec(piece)?.[0].toLowerCase() ?? '';
      if (piece.startsWith('</')) {
        count(open.pop(), -1);
      } else {
        const face = Object.hasOwn(faceOfTag, name) ? faceOfTag[name] : undefined;
        open.push(face);
        count(face, 1);
      }
      return '';
    })
    .join('');
}
