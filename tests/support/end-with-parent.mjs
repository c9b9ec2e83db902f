// Loaded before a server under test: whoever started it may be killed without a word, and leaves none behind.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 1_000).unref();
