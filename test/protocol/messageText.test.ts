import assert from 'node:assert/strict';
import { additionSentence, createQuestion } from '../../src/protocol/citingTexts.ts';
import {
  knownSentence,
  leftOutSentence,
  problemSentence,
  renamedSentence,
} from '../../src/protocol/conversionTexts.ts';

/** Editors make a link of it that runs a command. */
const hostile = '[a](command:x)';

const messages: Readonly<Record<string, string>> = {
  'what was added': additionSentence({
    file: hostile,
    keys: [hostile],
    isNew: false,
    renamed: [{ from: hostile, to: hostile }],
    lostFields: [hostile],
    undeclaredIn: [hostile],
  }),
  'what may be created': createQuestion(hostile, hostile),
  'what cannot be read': problemSentence('not-text', hostile),
  'where no reference is': problemSentence('no-bibliography', `the ${hostile}`),
  'what was renamed': renamedSentence([{ from: hostile, to: hostile }]),
  'what is known': knownSentence([{ source: 0, place: 0, key: 'a', knownAs: hostile }], 1),
  'what was left out': leftOutSentence([{ source: 0, place: 0, key: hostile, knownAs: hostile }], 2),
};

describe('names from files in messages', () => {
  for (const [name, message] of Object.entries(messages)) {
    it(`are no links: ${name}`, () => {
      assert.ok(!message.includes(hostile));
      assert.match(message, /\[a\] \(command:x\)/u);
    });
  }
});
