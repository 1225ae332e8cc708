// Starts a service: `node serve.mjs gateway`. It does the same as `node gateway/src/serve.ts`, but a Node that is too old
// for TypeScript gets one clear line.
const SERVICES = ['gateway', 'checkout', 'workers'];
const LEAST_NODE = 26;

const [service = ''] = process.argv.slice(2);
const version = process.versions.node;
if (Number(version.split('.')[0]) < LEAST_NODE)
  stop(`ShopFast needs Node ${LEAST_NODE} or newer, and this is Node ${version} (${process.execPath}).`);
else if (SERVICES.includes(service)) await import(`./${service}/src/serve.ts`);
else stop(`Usage: node serve.mjs <${SERVICES.join('|')}>`);

/** @param {string} message */
function stop(message) {
  console.error(message);
  process.exitCode = 1;
}
