// Loaded before anything else where workflows run; leanThreads.ts says why.
'use strict';
const v8 = require('node:v8');
const vm = require('node:vm');

// Another object, not another function in this one: AsyncLocalStorage, which cancellation goes by, is made of the old one.
v8.promiseHooks = { ...v8.promiseHooks, createHook: () => () => undefined };

const { runInContext } = vm.Script.prototype;
vm.Script.prototype.runInContext = function withoutWatchdog(context, options) {
  return runInContext.call(this, context, { displayErrors: options?.displayErrors });
};
