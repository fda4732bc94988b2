package dev.vat.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Stands between a client and an S3 server: notes every request, and tells of each moment at which
/// one arrives and at which its answer leaves. A client that is to end there ends before anything
/// more gets through, in either direction.
final class RequestGate implements AutoCloseable {
  /// What was asked.
  ///
  /// @param target path and query, as sent
  /// @param range of the Range header; empty without one
  record Request(String method, String target, String range) {
    boolean sendsPart() {
      return method.equals("PUT") && target.contains("partNumber=");
    }

    int partNumber() {
      return Integer.parseInt(target.replaceFirst(".*[?&]partNumber=([0-9]+).*", "$1"));
    }

    /// The offset of the first byte that is asked for.
    long offset() {
      return Long.parseLong(range.replaceFirst("bytes=([0-9]+)-.*", "$1"));
    }

    boolean isOf(String key) {
      return target.contains("/" + key + "?") || target.endsWith("/" + key);
    }
  }

  /// What happens at a moment.
  interface Moments {
    /// @return whether what is on its way may pass
    boolean pass();
  }

  private static final int MOST_AT_ONCE = 1_000;

  private final URI server;
  private final ServerSocket socket;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Moments moments = () -> true;

  /// Each request that the server has not begun to answer holds one.
  private final Semaphore unanswered = new Semaphore(MOST_AT_ONCE);

  /// By their ports, connections of our own behind which no older one waits.
  private final Map<Integer, CountDownLatch> lastOnes = new ConcurrentHashMap<>();

  /// Which clients are served: what killed ones had sent still lies in their connections.
  private final AtomicInteger generation = new AtomicInteger();

  private RequestGate(URI server, ServerSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  static RequestGate before(URI server) throws IOException {
    RequestGate gate =
        new RequestGate(server, new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(gate::accept);
    return gate;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// From now on, with nothing noted; connections from before are of no use any more, nor those
  /// that a killed process made and that wait to be accepted. What has reached the server is done
  /// then: it would happen after whoever looks now.
  void watch(Moments other) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    CountDownLatch accepted = new CountDownLatch(1);
    try (Socket last = new Socket()) {
      last.bind(new InetSocketAddress(here, 0));
      lastOnes.put(last.getLocalPort(), accepted);
      last.connect(socket.getLocalSocketAddress());
      if (!accepted.await(60, TimeUnit.SECONDS)) {
        throw new IOException("the gate accepts no connections any more");
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted while the queue was emptied", e);
    }
    synchronized (requests) {
      generation.incrementAndGet();
      moments = other;
      requests.clear();
    }
    settle();
  }

  private void settle() throws IOException {
    try {
      if (!unanswered.tryAcquire(MOST_AT_ONCE, 60, TimeUnit.SECONDS)) {
        throw new IOException("the server does not answer what it was asked");
      }
      unanswered.release(MOST_AT_ONCE);
    } catch (InterruptedException e) {
      throw new IOException("interrupted while the server was at work", e);
    }
  }

  /// @return false when the client is one from before
  private boolean note(int served, Request request) {
    synchronized (requests) {
      return served == generation.get() && requests.add(request);
    }
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        CountDownLatch last = lastOnes.remove(client.getPort());
        if (last != null) {
          client.close();
          last.countDown();
          continue;
        }
        int served = generation.get();
        Thread.ofVirtual().start(() -> serve(client, served));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client, int served) {
    try (client;
        Socket there = new Socket(server.getHost(), server.getPort())) {
      client.setTcpNoDelay(true);
      there.setTcpNoDelay(true);
      AtomicBoolean answerDue = new AtomicBoolean();
      Thread back = Thread.ofVirtual().start(() -> answers(there, client, answerDue));
      try {
        questions(client, there, answerDue, served);
        there.shutdownOutput();
        back.join();
      } finally {
        answered(answerDue);
      }
    } catch (IOException | InterruptedException over) {
      // The client or the server has gone, which is what this is about: both sockets are closed.
    }
  }

  private void questions(Socket client, Socket there, AtomicBoolean answerDue, int served)
      throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream(), 64 * 1024);
    OutputStream out = there.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    for (byte[] head = head(in); head.length > 0; head = head(in)) {
      String text = new String(head, StandardCharsets.ISO_8859_1);
      String[] line = text.substring(0, text.indexOf('\r')).split(" ");
      Function<String, String> header = name -> header(text, name);
      Request request = new Request(line[0], line[1], header.apply("range"));
      if (!note(served, request) || !moments.pass()) {
        return;
      }
      if (!answerDue.getAndSet(true)) {
        unanswered.acquireUninterruptibly();
      }
      out.write(head);
      String length = header.apply("content-length");
      long left = length.isEmpty() ? 0 : Long.parseLong(length);
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("the client went in the middle of a body");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
      out.flush();
    }
  }

  /// @return whether an answer was due
  private boolean answered(AtomicBoolean due) {
    boolean was = due.compareAndSet(true, false);
    if (was) {
      unanswered.release();
    }
    return was;
  }

  private void answers(Socket there, Socket client, AtomicBoolean due) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = there.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (answered(due) && !moments.pass()) {
          return;
        }
        out.write(buffer, 0, count);
      }
      client.close();
    } catch (IOException over) {
      // As in serve.
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 4) {
      int one = in.read();
      if (one < 0) {
        return new byte[0];
      }
      head.write(one);
      ends = one == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : one == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static String header(String head, String name) {
    for (String line : head.split("\r\n")) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
