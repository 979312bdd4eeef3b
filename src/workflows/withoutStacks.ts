// The SDK takes a stack trace of every promise, a quarter of all the time that workflows take. A replay takes them, and so
// finds the line at which a workflow fails; only the bundle of a worker names this (src/workers/bundling.ts).
Error.stackTraceLimit = 0;
