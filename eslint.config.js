// @ts-check
const js = require('@eslint/js');
const tseslint = require('typescript-eslint');
const regexp = require('eslint-plugin-regexp');

module.exports = tseslint.config(
  { ignores: ['dist/**', 'coverage/**', '.vscode-test/**', 'node_modules/**'] },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    plugins: { regexp },
    rules: {
      // A bibliography can come from anyone: no expression may backtrack beyond linear time.
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
      'no-control-regex': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/prefer-literal-enum-member': 'off',
    },
  },
  {
    // The pure core knows no platform: it serves the desktop, the browser, the command line and the tests alike.
    files: [
      'src/{base,protocol,data,text,syntax,model,formats,styles,sources,languages,library,rules,features}/**/*.ts',
    ],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(node:|vscode$|vscode-languageserver)' }] }],
      'no-restricted-globals': [
        'error',
        'process',
        'require',
        'window',
        'fetch',
        'setTimeout',
        'setImmediate',
        'console',
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(push|unshift|min|max)$/] > SpreadElement',
          message: 'A list from outside may be longer than a call takes arguments (about 120,000): it would throw.',
        },
        {
          selector: 'NewExpression[callee.name="RegExp"] TemplateLiteral',
          message: 'What is put together while running, no rule can check for backtracking.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [] }] },
  },
);
