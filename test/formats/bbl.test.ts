import assert from 'node:assert/strict';
import { bbl } from '../../src/formats/bbl.ts';
import { valueText } from '../../src/model/describe.ts';

const list = String.raw`% $ biblatex auxiliary file $
% $ biblatex bbl format version 3.2 $
\begingroup
\refsection{0}
  \datalist[entry]{nty/global//global/global}
    \entry{doe:2015}{article}{}
      \name{author}{2}{}{%
        {{un=0,uniquepart=base,hash=d4}{%
           family={M{\"u}ller},
           familyi={M\bibinitperiod},
           given={Jane\bibnamedelima Q.},
           giveni={J\bibinitperiod},
           givenun=0}}%
        {{un=0,uniquepart=base,hash=d5}{%
           family={Beethoven},
           given={Ludwig},
           prefix={van},
           prefixi={v\bibinitperiod},
           suffix={Jr.}}}%
      }
      \list{publisher}{1}{%
        {Smith and Sons}%
      }
      \strng{namehash}{d4}
      \field{sortinit}{M}
      \field{labelnamesource}{author}
      \field{day}{7}
      \field{journaltitle}{Annals of \emph{Peers}}
      \field{month}{3}
      \field{title}{A {Title}}
      \field{year}{2015}
      \field{endyear}{2016}
      \field{pages}{682\bibrangedash 694}
      \range{pages}{13}
      \verb{doi}
      \verb 10.1000/a_b%c
      \endverb
      \keyw{one, two}
    \endentry
    \entry{group}{report}{}
      \name{author}{1}{}{%
        {{hash=x}{%
           family={The Peer and Group},
           familyi={T\bibinitperiod}}}%
      }
      \field{title}{Other}
    \endentry
  \enddatalist
  \datalist[entry]{none/global//global/global}
    \entry{doe:2015}{article}{}
      \field{title}{A {Title}}
    \endentry
  \enddatalist
\endrefsection
\endinput
`;

describe('lists that Biber makes', () => {
  const blocks = bbl.scan(list);

  it('have each entry once, with its places', () => {
    assert.equal(blocks.entryCount, 2);
    for (const [entry, key] of ['doe:2015', 'group'].entries()) {
      assert.equal(blocks.key(entry), key);
      const { start, end } = blocks.keySpan(entry);
      assert.equal(list.slice(start, end), key);
      const span = blocks.entrySpan(entry);
      assert.ok(list.startsWith('\\entry{', span.start) && list.slice(0, span.end).endsWith('\\endentry'));
    }
  });

  it('are read with names, dates, lists and addresses', () => {
    const { type, fields } = bbl.read(list, blocks, 0);
    assert.equal(type, 'article');
    assert.deepEqual(Object.fromEntries([...fields].map(([name, value]) => [name, valueText(value)])), {
      author: 'Müller; van Beethoven',
      publisher: 'Smith and Sons',
      journaltitle: 'Annals of Peers',
      title: 'A Title',
      pages: '682–694',
      doi: '10.1000/a_b%c',
      keywords: 'one; two',
      date: '2015-3-7/2016',
    });
    assert.deepEqual(fields.get('date'), {
      kind: 'date',
      date: { start: { year: 2015, month: 3, day: 7 }, end: { year: 2016 } },
    });
    assert.deepEqual(fields.get('author'), {
      kind: 'names',
      names: [
        { family: 'Müller', given: 'Jane Q.' },
        { family: 'Beethoven', given: 'Ludwig', prefix: 'van', suffix: 'Jr.' },
      ],
      others: false,
    });
    assert.deepEqual(bbl.read(list, blocks, 1).fields.get('author'), {
      kind: 'names',
      names: [{ literal: 'The Peer and Group' }],
      others: false,
    });
  });

  it('may have one brace without the other, escaped', () => {
    const person = '{{un=0}{family={Doe \\{ x}, given={Jane}}}';
    const text = `\\entry{a}{article}{}\\name{author}{1}{}{${person}}\\field{title}{Open \\{ \\\\ brace}\\list{publisher}{1}{{A \\} B}}\\field{year}{2001}\\endentry`;
    const { fields } = bbl.read(text, bbl.scan(text), 0);
    assert.deepEqual(fields.get('author'), {
      kind: 'names',
      names: [{ family: 'Doe { x', given: 'Jane' }],
      others: false,
    });
    const texts = [...fields].map(([name, value]) => `${name}: ${valueText(value)}`).slice(1);
    assert.deepEqual(texts, ['title: Open { brace', 'publisher: A } B', 'date: 2001']);
  });

  for (const text of [
    '',
    '\\entry',
    '\\entry{a}',
    '\\entry{a}{book}{}',
    '\\entry{a}{b c}{}\\endentry',
    '\\entry{a}{book}{}\\name{author}{1}{}{{',
  ])
    it(`are read as far as they go: ${JSON.stringify(text)}`, () => {
      const found = bbl.scan(text);
      for (let entry = 0; entry < found.entryCount; entry++) assert.equal(bbl.read(text, found, entry).key, 'a');
    });

  it('come to an end with many open fields', () => {
    const text = `\\entry{a}{book}{}${'\\field{x}{{'.repeat(200_000)}`;
    assert.ok(bbl.read(text, bbl.scan(text), 0));
  });

  for (const unit of ['\\entry{a', '\\entry{a}{book}{}\\name{x}{{{', '\\endentry{'])
    it(`come to an end with many of ${unit}`, () => {
      const text = unit.repeat(20_000);
      const found = bbl.scan(text);
      assert.ok(found.entryCount <= 1);
      if (found.entryCount > 0) assert.ok(bbl.read(text, found, 0));
    });
});
