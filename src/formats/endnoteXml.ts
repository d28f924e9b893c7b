import { makeCitationKey } from '../model/citationKey.ts';
import type { Reference } from '../model/reference.ts';
import { decodeXml, findElements } from '../syntax/xml.ts';
import { blocksWithMadeKeys, lossesAgainst, withJoinedTitles, type DocumentEntry } from './documentDraft.ts';
import { readEndnoteRecord } from './endnoteXmlRead.ts';
import { writeEndnoteRecord } from './endnoteXmlWrite.ts';
import type { Blocks, Format, Frame, Written } from './format.ts';

const frame: Frame = {
  open: '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<records>\n',
  between: '',
  close: '</records>\n</xml>\n',
  write: writeOne,
};

/** EndNote's XML: `records` of `record`, text perhaps in `style` elements. */
export const endnoteXml: Format = {
  name: 'endnote-xml',
  title: 'EndNote XML',
  extensions: ['.xml'],

  recognise(text) {
    const head = text.slice(0, 20_000);
    return /<records?[\s>]/u.test(head) && /<ref-type[\s>]/u.test(head)
      ? 1
      : /<xml>\s*<records\s*\/?>/u.test(head)
        ? 0.8
        : 0;
  },

  scan,

  readsInParts: () => true,
  makeKey: (text, record) => makeCitationKey(readEndnoteRecord(text, record)),

  read(text, blocks, entry) {
    return { ...readEndnoteRecord(text, blocks.entrySpan(entry)), key: blocks.key(entry) };
  },

  write(references) {
    const written = Array.from(references, writeOne);
    return {
      text: frame.open + written.map(one => one.text).join('') + frame.close,
      losses: written.flatMap(one => one.losses),
    };
  },

  frame,
};

function scan(text: string): Blocks {
  const entries = findElements(text, 'record').map((span): DocumentEntry => {
    const record = text.slice(span.start, span.end);
    const label = /<label(?:\s[^<>]*)?>(?:<style[^<>]*>)?\s*([^<>\s]+)\s*</u.exec(record);
    const type = /<ref-type(?:\s[^<>]*)?>/u.exec(record);
    const at = label === null ? (type?.index ?? 0) : label.index + label[0].lastIndexOf(label[1] ?? '');
    const written = label?.[1] ?? '';
    const keySpan = {
      start: span.start + at,
      end: span.start + at + (label === null ? (type?.[0].length ?? 0) : written.length),
    };
    return {
      span,
      key: decodeXml(written),
      keySpan,
      type: /name\s*=\s*["']([^"']*)["']/u.exec(type?.[0] ?? '')?.[1] ?? '',
    };
  });
  return blocksWithMadeKeys(entries, entry => readEndnoteRecord(text, entries[entry]?.span ?? { start: 0, end: 0 }));
}

function writeOne(reference: Reference): Written {
  const text = writeEndnoteRecord(withJoinedTitles(reference));
  const back = readEndnoteRecord(text, { start: 0, end: text.length });
  return { text, losses: lossesAgainst(reference, back) };
}
