/**
 * Imported first by every script: says what is wrong with an old Node before newer syntax or a missing function does.
 * Kept to what old versions can read.
 */
const WANTED = { major: 20, minor: 19 };
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < WANTED.major || (major === WANTED.major && minor < WANTED.minor)) {
  process.stderr.write(
    `Drawdown needs Node ${WANTED.major}.${WANTED.minor} or newer; this is ${process.versions.node}.\n` +
      'Install one from https://nodejs.org/ and run the command again.\n',
  );
  process.exit(1);
}
