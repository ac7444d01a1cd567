import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { isOutage } from '../store/index.ts'
import { stateDatabase } from './state-database.ts'

it('says that it is away where nobody listens on its socket', async () => {
  const { guard, drop, prepare } = stateDatabase('postgresql:///isthmus?host=/nowhere&user=isthmus')
  for (const work of [prepare, () => guard('stack_a'), () => drop('stack_a')]) await expect(work()).rejects.toSatisfy(isOutage)
})

it('says that it is away where it breaks off', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((listening) => { server.once('listening', listening) })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(stateDatabase(`postgresql://isthmus@127.0.0.1:${port}/isthmus`).prepare()).rejects.toSatisfy(isOutage)
})
