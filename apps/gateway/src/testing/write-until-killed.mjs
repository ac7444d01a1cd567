// Writes records and runs until it is killed, and prints the number of each one when the store has acknowledged it. Argument: where the store lies, as JSON.
import { runnerImport } from 'vite'

const [, , location = '', from = '0'] = process.argv
const { module } = await runnerImport(new URL('./acknowledged-writes.fixture.ts', import.meta.url).pathname)
await module.writeForEver(JSON.parse(location), Number(from), (number) => process.stdout.write(`${number}\n`))
