// The peer that the ruler of conversion measures: `dist/core.js`. LOSSLESS=1 switches the sidecar on.
const { join } = require('node:path');
const { convert } = require(process.env.COLOPHON_CORE ?? join(__dirname, '../../dist/core.js'));

const names = { bib: 'biblatex', ris: 'ris', csl: 'csl-json' };

exports.convert = (direction, text) => {
  const [from, to] = direction.split('2').map(name => names[name]);
  return convert(text, { from, to, lossless: process.env.LOSSLESS === '1' }).text;
};
