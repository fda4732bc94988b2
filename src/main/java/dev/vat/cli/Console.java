package dev.vat.cli;

import dev.vat.progress.Progress;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Supplier;

/// What a command says, and where: results to standard output; progress, warnings and errors to
/// standard error. Safe to use from many threads; lines do not mix, and bars stay below them.
///
/// With `--json`, standard output carries one document and nothing else: lines for people are left
/// out, so a command says both and need not ask.
final class Console implements AutoCloseable {
  private final Surroundings surroundings;
  private final OutputOptions options;
  private final Redaction redaction = new Redaction();
  private final Object lock = new Object();
  // Made when first needed: looking at a terminal costs start-up time on some systems.
  private Style style;
  private Style errorStyle;
  private LiveProgress progress;
  private boolean documentPrinted;
  private boolean inLines;

  Console(Surroundings surroundings, OutputOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    hideSecretsOf(surroundings);
  }

  private Style style(boolean isTerminal) {
    return Style.of(options.color, surroundings.environment(), isTerminal, surroundings.terminal());
  }

  private void hideSecretsOf(Surroundings surroundings) {
    for (String name :
        List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "SMTP_URL", "NOTIFY_SLACK_WEBHOOK")) {
      String value = surroundings.environment().get(name);
      if (value != null) {
        redaction.hide(value);
      }
    }
  }

  /// Colours and signs for `line`.
  Style style() {
    synchronized (lock) {
      if (style == null) {
        style = style(surroundings.terminal().outIsTerminal());
      }
      return style;
    }
  }

  /// Colours and signs for `note` and `warning`.
  Style errorStyle() {
    synchronized (lock) {
      if (errorStyle == null) {
        errorStyle = style(surroundings.terminal().errIsTerminal());
      }
      return errorStyle;
    }
  }

  /// Whether one JSON document is wanted instead of text.
  boolean json() {
    return options.json;
  }

  /// Masks secrets in everything that goes wrong from here on: tell it every one that is read.
  Redaction redaction() {
    return redaction;
  }

  /// One line of the result, for people. Names from outside go through `Printable` first.
  void line(String text) {
    if (!options.json) {
      data(text);
    }
  }

  /// An empty line of the result.
  void line() {
    line("");
  }

  /// The result for programs; nothing without `--json`.
  ///
  /// @param schema name and version, for example `vat.status/1`
  /// @param body a record or map; its components become members, in `snake_case`
  /// @throws IllegalStateException on a second document in one run
  void document(String schema, Object body) {
    if (!options.json) {
      return;
    }
    if (documentPrinted) {
      throw new IllegalStateException("a second document: " + schema);
    }
    documentPrinted = true;
    data(JsonOutput.document(schema, body));
  }

  /// The same, for a body that takes time to make: only asked for when it is wanted.
  void document(String schema, Supplier<?> body) {
    if (options.json) {
      document(schema, body.get());
    }
  }

  /// One of many results for programs, on a line of its own; nothing without `--json`. A failure
  /// that ends the command is then one more line.
  ///
  /// @param schema as for [#document]
  void event(String schema, Object body) {
    if (options.json) {
      inLines = true;
      data(JsonOutput.line(schema, body));
    }
  }

  /// Something worth knowing that is not the result.
  void note(String text) {
    aside(text);
  }

  /// Something that may need attention; the command goes on.
  void warning(String text) {
    aside(errorStyle().sign(Symbol.WARNING) + " " + text);
  }

  /// Why the command ended, in the shape that was asked for.
  void failure(CommandFailure failure) {
    String message = redaction.apply(Printable.lines(String.valueOf(failure.getMessage())));
    String hint = redaction.apply(Printable.lines(failure.hint()));
    ErrorDocument error = new ErrorDocument(failure.code(), message, hint);
    if (options.json && inLines) {
      event("vat.error/1", error);
    } else if (options.json && !documentPrinted) {
      document("vat.error/1", error);
    } else {
      aside(errorStyle().sign(Symbol.FAILED) + " " + message);
      if (!hint.isEmpty()) {
        aside("  " + errorStyle().sign(Symbol.NEXT) + " " + hint);
      }
    }
    if (options.debug) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      aside(redaction.apply(Printable.lines(trace.toString().replace("\t", "    "))));
    }
  }

  /// What stands after Ctrl-C. Nothing is drawn any more afterwards.
  void stopped(String whatStands) {
    close();
    aside(whatStands);
  }

  /// Bars on a terminal, plain lines elsewhere.
  Progress progress() {
    LiveProgress live = live();
    live.keepTicking();
    return live;
  }

  /// For asking the person at the terminal.
  ///
  /// @param yes whether `--yes` was given
  Questions questions(boolean yes) {
    return new Questions(surroundings.terminal(), errorStyle(), live(), yes, options.json);
  }

  private LiveProgress live() {
    synchronized (lock) {
      if (progress == null) {
        Terminal terminal = surroundings.terminal();
        progress =
            bars(terminal)
                ? new TerminalProgress(terminal, surroundings.clock())
                : new PlainProgress(terminal.err(), surroundings.clock());
      }
      return progress;
    }
  }

  private boolean bars(Terminal terminal) {
    return terminal.errIsTerminal()
        && terminal.ansi()
        && !surroundings.environment().getOrDefault("TERM", "").equals("dumb");
  }

  private void data(String text) {
    print(surroundings.terminal().out(), text);
  }

  private void aside(String text) {
    print(surroundings.terminal().err(), text);
  }

  private void print(PrintStream stream, String text) {
    Runnable printing =
        () -> {
          stream.print(text + "\n");
          stream.flush();
        };
    synchronized (lock) {
      if (progress == null) {
        printing.run();
      } else {
        progress.above(printing);
      }
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (progress != null) {
        progress.end();
      }
    }
  }

  private record ErrorDocument(String code, String message, String hint) {}
}
