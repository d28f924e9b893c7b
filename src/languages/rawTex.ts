import type { CitationGroup } from './language.ts';
import { readDefinition } from './latexDefinitions.ts';
import type { Definition } from './latexDefinitions.ts';
import type { TexSource } from './texArguments.ts';
import { texSource, wordEnd } from './texArguments.ts';
import { parametersIn, readCitation } from './texCitations.ts';
import type { CitationCommands, KeyPlace } from './texCommands.ts';
import { placeAmong } from './texCommands.ts';

/** TeX that stands in a document of another language. */
export interface RawTex {
  readonly source: TexSource;
  /** Citation commands known from elsewhere. */
  readonly known: CitationCommands;
  /** Those that the document defines. */
  readonly own: Map<string, KeyPlace>;
}

export const rawTex = (text: string, known: CitationCommands): RawTex => ({
  source: texSource(text),
  known,
  own: new Map(),
});

interface RawCommand {
  /** Empty for an escaped character. */
  readonly name: string;
  /** Where reading goes on. */
  readonly end: number;
  readonly group?: CitationGroup;
}

/** Reads the command whose backslash stands at `start`: a citation, or a definition, whose body is read next. */
export function readRawCommand(tex: RawTex, start: number): RawCommand {
  const { source, own, known } = tex;
  const end = wordEnd(source.text, start + 1);
  if (end === start + 1) return { name: '', end: start + 2 };
  const name = source.text.slice(start + 1, end);
  const definition = readDefinition(source, name, end);
  if (definition !== undefined) {
    learn(tex, definition);
    return { name, end: definition.end };
  }
  const place = placeAmong(own.has(name) ? own : known, name);
  const group = place && readCitation(source, { name, start, end }, place);
  if (group === undefined) return { name, end };
  const isOfMacro =
    group.citations.length === 0 && group.slots.some(slot => parametersIn(source.text, slot).length > 0);
  return isOfMacro ? { name, end: group.span.end } : { name, end: group.span.end, group };
}

/** A command that stands for a citation command, or hands its argument to one, is one itself. */
function learn({ source, own }: RawTex, { name, kind }: Definition): void {
  if (kind.is === 'citation') own.set(name, kind.place);
  else if (kind.is === 'alias') {
    const place = placeAmong(own, kind.of);
    if (place !== undefined) own.set(name, place);
  } else {
    const body = source.text.slice(kind.body.start, Math.min(kind.body.end, kind.body.start + longestBody));
    const places = new Set<number>();
    for (const { index, 1: command = '' } of body.matchAll(/\\([A-Za-z@]+)/g)) {
      const start = kind.body.start + index;
      const place = placeAmong(own, command);
      const group = place && readCitation(source, { name: command, start, end: start + 1 + command.length }, place);
      for (const number of group?.slots.flatMap(slot => parametersIn(source.text, slot)) ?? []) {
        const argument = kind.places[number - 1] ?? -1;
        if (argument >= 0) places.add(argument);
      }
    }
    // `\newcommand{\needcite}[1]{[#1]}` has the word in its name only.
    if (places.size > 0 || (/cite/i.test(name) && !/[Cc]ite/.test(body))) own.set(name, [...places]);
  }
}

/** How far the body of a definition is searched for citation commands. */
const longestBody = 500;
