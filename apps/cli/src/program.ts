import { Command, InvalidArgumentError, Option } from 'commander'
import { failureText, knownClouds, requirePlugins, type KnownClouds } from './clouds/known-clouds.ts'
import { adopt } from './commands/adopt.ts'
import { apply } from './commands/apply.ts'
import { demo } from './commands/demo.ts'
import { design } from './commands/design.ts'
import { destroy } from './commands/destroy.ts'
import { explain } from './commands/explain.ts'
import { exportOrder } from './commands/export.ts'
import type { CloudOptions } from './commands/order-context.ts'
import { pairs } from './commands/pairs.ts'
import { plan } from './commands/plan.ts'
import { schema } from './commands/schema.ts'
import { simulate } from './commands/simulate.ts'
import { status } from './commands/status.ts'
import { terms } from './commands/terms.ts'
import { validate } from './commands/validate.ts'
import { processOutput, type Output } from './terminal/output.ts'

/** Gateways that take half an hour are there in about ten seconds. */
const defaultSpeed = 200

/** The command line. `done` gets the exit code of the command that ran. */
export function program(version: string, done: (code: number) => void): Command {
  const root = general(new Command('isthmus').description('Orders private networks across clouds.').version(version)).showHelpAfterError()
  const settings = (): { json?: boolean; config?: string } => root.opts()
  const output = (): Output => processOutput(settings().json === true)
  const known = (): Promise<KnownClouds> => allClouds(settings().config, output())
  const report = (name: string, description: string): Command => general(root.command(name).description(description), root)
  const order = (name: string, description: string): Command => report(name, description).argument('<order>', 'order file in YAML or JSON, or - for standard input')

  order('validate', 'say everything there is to say about an order').action(async (file: string) => done(await validate(file, await known(), output())))
  order('design', 'show the addresses of an order, given and designed').action(async (file: string) => done(await design(file, await known(), output())))
  order('plan', 'show what would be built, with both ends proven to agree').action(async (file: string) => done(await plan(file, await known(), output())))
  order('explain', 'give the reason of every default and decision').argument('[subject]', 'one site or link').action(async (file: string, subject: string | undefined) => done(await explain(file, subject, await known(), output())))
  leftovers(cloudy(order('apply', 'bring the clouds to what the order says'))).action(async (file: string, options: CloudOptions) => done(await apply(file, options, await known(), output())))
  cloudy(order('status', 'compare the clouds with the order')).action(async (file: string, options: CloudOptions) => done(await status(file, options, await known(), output())))
  leftovers(cloudy(order('destroy', 'destroy everything that the order made'))).action(async (file: string, options: CloudOptions) => done(await destroy(file, options, await known(), output())))
  cloudy(order('adopt', 'take an object that a cloud holds already into a stack, without changing it'))
    .argument('<stack>', 'stack, such as network-north')
    .argument('<address>', 'resource of the stack, such as acme_network.north')
    .argument('<id>', 'id of the object, as the import of its provider wants it')
    .action(async (file: string, stack: string, address: string, id: string, options: CloudOptions) => done(await adopt(file, { stack, address, id }, options, await known(), output())))
  order('export', 'write plain OpenTofu JSON that can be applied without Isthmus').argument('<folder>', 'where to write').option('--force', 'replace what is there').action(async (file: string, folder: string, options: { force?: boolean }) => done(await exportOrder(file, folder, options, await known(), output())))
  withSpeed(order('demo', 'apply, apply again and destroy an order in simulated clouds')).action(async (file: string, options: { speed: number }) => done(await demo(file, options.speed, await known(), output())))
  report('pairs', 'show which clouds can be linked, how, and why').action(async () => done(pairs(await workingClouds(settings().config, output()), output())))
  report('terms', 'show what each cloud calls the things that networks are made of').argument('[clouds...]', 'only these clouds').action(async (names: string[]) => done(terms(names, await workingClouds(settings().config, output()), output())))
  report('schema', 'print the JSON Schema of an order').action(async () => done(schema(await workingClouds(settings().config, output()))))
  cloudy(root.command('simulate').description('run any command, such as tofu apply, against simulated clouds').argument('<command...>', 'the command, behind --'), false)
    .option('--keep', 'leave the simulated clouds for the next call')
    .action(async (command: string[], options: CloudOptions & { keep?: boolean }) => done(await simulate(command, options, await known(), output())))
  return root
}

/** The clouds for a command that works on an order: a plugin that is listed must be there. */
async function allClouds(configurationFile: string | undefined, output: Output): Promise<KnownClouds> {
  const known = await workingClouds(configurationFile, output)
  requirePlugins(known)
  return known
}

/** The clouds for a command that only shows what there is: what is left out is said, and no more. */
async function workingClouds(configurationFile: string | undefined, output: Output): Promise<KnownClouds> {
  const known = await knownClouds(configurationFile, process.env)
  for (const failure of known.failures) output.progress(`isthmus: ${failureText(failure)}`)
  return known
}

/** Options that stand before or behind the name of a command alike. */
function general(command: Command, root?: Command): Command {
  command.option('--json', 'print the result as one JSON document').option('--config <file>', 'configuration with plugins (ISTHMUS_CONFIG, or isthmus.config.yaml where it is there)')
  if (!root) return command
  return command.hook('preAction', (_, chosen) => void Object.entries(chosen.opts()).filter(([name]) => name === 'json' || name === 'config').forEach(([name, value]) => root.setOptionValue(name, value)))
}

function cloudy(command: Command, choice = true): Command {
  if (choice) command.option('--simulated', 'use simulated clouds; real credentials are kept from them')
  return withSpeed(command).option('--home <folder>', 'folder for state and keys (ISTHMUS_HOME, or .isthmus)')
}

function leftovers(command: Command): Command {
  return command.option('--accept-leftovers', 'go on although a run that was cut off may have left objects behind')
}

function withSpeed(command: Command): Command {
  return command.addOption(new Option('--speed <factor>', 'how many times faster than a real cloud a simulated one is').default(defaultSpeed).argParser(positive))
}

function positive(text: string): number {
  const value = Number(text)
  if (value > 0) return value
  throw new InvalidArgumentError('give a number above 0, or Infinity.')
}
