import type { CitationCommands } from '../languages/texCommands.ts';
import { placeByName } from '../languages/texCommands.ts';
import type { IncludeGraph } from './includeGraph.ts';
import { rootsOf } from './scope.ts';
import type { ScopeSource } from './scopeSource.ts';

/** The citation commands that a document may use besides those of the usual packages. As of one version of the files. */
export interface KnownCommands {
  /** Those that the documents of its manuscript define, before those that the user names. */
  of(uri: string): CitationCommands;
}

/** `names`: commands that the user names, with or without backslash. */
export function knownCommands(source: ScopeSource, graph: IncludeGraph, names: readonly string[]): KnownCommands {
  const named = new Map(names.map(plainName).map(name => [name, placeByName(name)]));
  const ofTrees = new Map<string, CitationCommands>();
  const ofTree = (uri: string, root: string): CitationCommands => {
    const tree = `${root}\n${uri}`;
    let commands = ofTrees.get(tree);
    if (commands === undefined) {
      commands = merged([...[...graph.treeOf(uri, root)].map(one => source.document(one)?.scanned.commands), named]);
      ofTrees.set(tree, commands);
    }
    return commands;
  };
  return {
    of: uri => {
      const roots = rootsOf(source, uri, graph);
      const reached = graph.rootsOf(uri);
      const own = roots.filter(root => !reached.includes(root)).map(root => ofTree(uri, root));
      return merged([...own, ...roots.map(root => ofTree(root, root))]);
    },
  };
}

const plainName = (name: string): string => name.trim().replace(/^\\/, '').replace(/\*$/, '');

/** The first one that has a command counts. */
function merged(sources: readonly (CitationCommands | undefined)[]): CitationCommands {
  const filled = sources.filter(one => one !== undefined && one.size > 0);
  const [first = none] = filled;
  if (filled.length < 2) return first;
  return new Map(filled.reverse().flatMap(commands => [...(commands ?? none)]));
}

const none: CitationCommands = new Map();

/** Whether two sets of commands say the same. */
export function sameCommands(a: CitationCommands, b: CitationCommands): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, place] of a) if (String(place) !== String(b.get(name))) return false;
  return true;
}
