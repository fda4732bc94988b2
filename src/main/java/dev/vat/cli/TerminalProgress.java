package dev.vat.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Progress as bars at the bottom of a terminal, redrawn ten times a second at most; lines printed
/// through `above` scroll by over them.
///
/// Our own renderer: it needs two escape sequences (up, erase below), which every terminal of the
/// last decades has. The libraries for this bring JLine with its native terminal code for every
/// system, write to the terminal by a way of their own past our streams, and cost start-up time.
final class TerminalProgress implements LiveProgress {
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
  private static final Duration STALLED_REDRAW = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(1);
  private static final long BIG = 8_000_000;

  /// More would push what was printed off a small screen.
  private static final int MOST_BARS = 8;

  private static final int BAR_COLUMNS = 20;
  private static final int NARROWEST_NAME = 12;

  private final Terminal terminal;
  private final PrintStream stream;
  private final InstantSource clock;
  private final Object lock = new Object();
  private final List<Bar> bars = new ArrayList<>();
  private int drawnLines;
  private Instant lastDrawn = Instant.MIN;
  private Thread ticker;
  private boolean ended;

  /// @param terminal its width is asked at each drawing: windows are resized
  TerminalProgress(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.stream = terminal.err();
    this.clock = clock;
  }

  @Override
  public Task begin(String what, long totalBytes) {
    synchronized (lock) {
      Bar bar = new Bar(Printable.of(what), totalBytes, clock.instant());
      bars.add(bar);
      return bar;
    }
  }

  @Override
  public void above(Runnable printing) {
    synchronized (lock) {
      boolean wereDrawn = drawnLines > 0;
      erase();
      printing.run();
      if (wereDrawn && !ended) {
        draw(clock.instant());
      }
    }
  }

  @Override
  public void end() {
    synchronized (lock) {
      ended = true;
      erase();
      if (ticker != null) {
        ticker.interrupt();
      }
    }
  }

  /// Redraws when it is time to: rates sink and times grow also when nothing arrives.
  void tick() {
    synchronized (lock) {
      drawWhenDue();
    }
  }

  /// Starts, once, what redraws while a line is stalled and `advance` is not called.
  @Override
  public void keepTicking() {
    synchronized (lock) {
      if (ticker != null || ended) {
        return;
      }
      ticker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        Thread.sleep(STALLED_REDRAW);
                        tick();
                      }
                    } catch (InterruptedException ended) {
                      // The command is over.
                    }
                  });
    }
  }

  private void drawWhenDue() {
    Instant now = clock.instant();
    if (!ended && !now.isBefore(lastDrawn.plus(BETWEEN_DRAWINGS))) {
      draw(now);
    } else if (now.isBefore(lastDrawn)) {
      lastDrawn = now;
    }
  }

  private void draw(Instant now) {
    List<Bar> shown = bars.stream().filter(bar -> bar.worthShowing(now)).toList();
    lastDrawn = now;
    if (shown.isEmpty() && drawnLines == 0) {
      return;
    }
    StringBuilder drawing = new StringBuilder(eraser());
    // The last column stays free: writing there wraps on some terminals.
    int columns = Math.max(20, terminal.width()) - 1;
    int rows = Math.min(shown.size(), MOST_BARS);
    for (Bar bar : shown.subList(0, rows)) {
      bar.pace.measure(now);
      drawing.append(bar.text(columns)).append('\n');
    }
    if (shown.size() > rows) {
      drawing.append("and ").append(shown.size() - rows).append(" more\n");
      rows++;
    }
    drawnLines = rows;
    stream.print(drawing);
    stream.flush();
  }

  private void erase() {
    if (drawnLines > 0) {
      stream.print(eraser());
      stream.flush();
      drawnLines = 0;
    }
  }

  /// Back to where the bars begin, and erase from there to the end of the screen.
  private String eraser() {
    return drawnLines == 0 ? "" : "\u001b[" + drawnLines + "A\r\u001b[J";
  }

  private final class Bar implements Task {
    private final String what;
    private final Pace pace;

    Bar(String what, long totalBytes, Instant now) {
      this.what = what;
      this.pace = new Pace(totalBytes, now);
    }

    private boolean worthShowing(Instant now) {
      return pace.total() > BIG || pace.age(now).compareTo(LONG) > 0;
    }

    @Override
    public void advance(long bytes) {
      synchronized (lock) {
        pace.advance(bytes);
        drawWhenDue();
      }
    }

    @Override
    public void skip(long bytes) {
      synchronized (lock) {
        pace.skip(bytes, clock.instant());
        drawWhenDue();
      }
    }

    @Override
    public void close() {
      synchronized (lock) {
        bars.remove(this);
        if (drawnLines > 0 && !ended) {
          draw(clock.instant());
        }
      }
    }

    private String text(int columns) {
      boolean unicode = terminal.unicode();
      String amounts = pace.amounts("  ");
      String figures =
          pace.totalKnown() ? String.format("%3d%%  %s", pace.percent(), amounts) : amounts;
      String bar = pace.totalKnown() ? bar(unicode) + " " : "";
      int nameColumns = columns - 2 - Columns.of(bar) - Columns.of(figures);
      if (nameColumns < NARROWEST_NAME) {
        nameColumns += Columns.of(bar);
        bar = "";
      }
      String name = Columns.fit(what, Math.max(NARROWEST_NAME, nameColumns), unicode);
      return Columns.fit(name + "  " + bar + figures, columns, unicode);
    }

    private String bar(boolean unicode) {
      int full = pace.percent() * BAR_COLUMNS / 100;
      return unicode
          ? "█".repeat(full) + "░".repeat(BAR_COLUMNS - full)
          : "[" + "#".repeat(full) + ".".repeat(BAR_COLUMNS - full) + "]";
    }
  }
}
