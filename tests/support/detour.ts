import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A way to another port of this machine that can be cut, as a network between two machines can. */
export class Detour {
  private readonly underWay = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: Server,
    private readonly to: number,
  ) {
    server.on('connection', (near) => this.join(near));
  }

  static async open(from: number, to: number): Promise<Detour> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(from, '127.0.0.1', resolve);
    });
    return new Detour(server, to);
  }

  /** Nothing gets through any more, and nobody is told: what was said on the way is lost, what knocks is not answered. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.underWay) socket.pause().unpipe();
  }

  /** New connections get through; those that were cut are over. */
  mend(): void {
    this.isCut = false;
    for (const socket of this.underWay) socket.destroy();
  }

  close(): Promise<void> {
    for (const socket of this.underWay) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private join(near: Socket): void {
    this.keep(near);
    if (this.isCut) {
      near.pause();
      return;
    }
    const far = dial(this.to, '127.0.0.1');
    this.keep(far);
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  }

  private keep(socket: Socket): void {
    this.underWay.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.underWay.delete(socket));
  }
}
