import { addInclude, nameIn, pathAt, readArguments, targetOf } from './latexFound.ts';
import type { Reader } from './latexFound.ts';
import { OPEN_BRACE, skipTrivia, trim, unbrace } from './texArguments.ts';

const documentClass: Reader = (source, found, at) => {
  const { options, first } = readArguments(source, at);
  found.hasClass = true;
  if (first === undefined) return;
  const name = trim(source.text, first);
  if (source.text.slice(name.start, name.end) !== 'subfiles') addInclude(source, found, name, ['.cls']);
  else if (options !== undefined && found.root === undefined) {
    const span = trim(source.text, options);
    const target = pathAt(source, found, span);
    if (target !== undefined) found.root = { ...targetOf(target, span), impliedExtensions: ['.tex'] };
  }
};

/** `\input{file}`, and TeX's own `\input file`. */
const input: Reader = (source, found, at) => {
  const { text } = source;
  const start = skipTrivia(text, at);
  if (text.charCodeAt(start) === OPEN_BRACE) {
    inclusion(source, found, at);
    return;
  }
  let end = start;
  if (text[start] === '"') {
    const closer = text.slice(start + 1, start + longestName).indexOf('"');
    if (closer > 0) addInclude(source, found, { start: start + 1, end: start + 1 + closer }, ['.tex']);
    return;
  }
  while (end < text.length && !' \t\r\n\\{}[]%|"$'.includes(text[end] ?? '')) end++;
  if (end > start) addInclude(source, found, { start, end }, ['.tex']);
};

const longestName = 300;

/** `\DocInclude{file}` of the class ltxdoc. */
const documentation: Reader = (source, found, at) => {
  const { first } = readArguments(source, at);
  if (first !== undefined) addInclude(source, found, trim(source.text, first), ['.dtx']);
};

const inclusion: Reader = (source, found, at) => {
  const { first } = readArguments(source, at);
  if (first !== undefined) addInclude(source, found, unbrace(source.text, nameIn(source, first)), ['.tex']);
};

/** `\import{folder}{file}`. */
const importFile: Reader = (source, found, at) => {
  const { first, second } = readArguments(source, at);
  if (first === undefined || second === undefined) return;
  const folder = pathAt(source, found, trim(source.text, first));
  const span = trim(source.text, second);
  const file = pathAt(source, found, span);
  if (folder === undefined || file === undefined) return;
  const target = folder === '' || folder.endsWith('/') ? folder + file : `${folder}/${file}`;
  found.includes.push({ ...targetOf(target, span), impliedExtensions: ['.tex'] });
};

/** By command, what reads the other files that belong to a document. */
export const includeReaders: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['documentclass', documentClass],
  ['LoadClass', documentClass],
  ['LoadClassWithOptions', documentClass],
  ['input', input],
  ['@input', inclusion],
  ['@@input', input],
  ['SweaveInput', inclusion],
  ['DocInput', inclusion],
  ['DocInclude', documentation],
  ['includestandalone', inclusion],
  ['InputIfFileExists', inclusion],
  ['include', inclusion],
  ['subfile', inclusion],
  ['subfileinclude', inclusion],
  ['import', importFile],
  ['subimport', importFile],
  ['includefrom', importFile],
  ['inputfrom', importFile],
  ['subincludefrom', importFile],
  ['subinputfrom', importFile],
]);
