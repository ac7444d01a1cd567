// Passes connections on from a socket in the file system to a port of the loopback, in both directions. Arguments: the socket, the port.
import { connect, createServer } from 'node:net'

const [socket = '', port = '0'] = process.argv.slice(2)

createServer((client) => {
  const server = connect(Number(port), '127.0.0.1')
  client.pipe(server).pipe(client)
  const end = () => {
    client.destroy()
    server.destroy()
  }
  for (const side of [client, server]) side.on('error', end).on('close', end)
}).listen(socket, () => process.stdout.write('ready\n'))
