// The globals of a web worker, and none of Node's, around a script that was made for one.
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');

const listeners = [];
const scope = {
  postMessage: message => parentPort.postMessage(message),
  addEventListener: (type, listener) => type === 'message' && listeners.push(listener),
  importScripts: address => vm.runInContext(scripts.get(address), context),
  onmessage: null,
};
const scripts = new Map();
for (const name of [
  'TextDecoder',
  'TextEncoder',
  'setTimeout',
  'clearTimeout',
  'performance',
  'atob',
  'btoa',
  'MessageChannel',
  'queueMicrotask',
]) {
  scope[name] = globalThis[name];
}
// The consoles of browsers make no others.
const { log, info, warn, error } = console;
scope.console = { log, info, warn, error };
scope.Blob = class {
  constructor(parts) {
    this.text = parts.join('');
  }
};
scope.URL = class extends URL {
  static createObjectURL(blob) {
    const address = `blob:${scripts.size}`;
    scripts.set(address, blob.text);
    return address;
  }
  static revokeObjectURL(address) {
    scripts.delete(address);
  }
};
scope.self = scope;
scope.globalThis = scope;
const context = vm.createContext(scope);
parentPort.on('message', data => {
  scope.onmessage?.({ data });
  for (const listener of listeners) listener({ data });
});
vm.runInContext(workerData.script, context);
