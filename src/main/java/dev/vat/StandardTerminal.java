package dev.vat;

import dev.vat.cli.OperatingSystem;
import dev.vat.cli.Terminal;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The process's own streams. What goes through them is UTF-8, except on a Windows console that is
/// set to another code page.
final class StandardTerminal implements Terminal {
  private static final int USUAL_WIDTH = 80;

  private final TerminalDevice device;
  private final Map<String, String> environment;
  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean unicode;

  private StandardTerminal(
      TerminalDevice device, Map<String, String> environment, Charset input, Charset output) {
    this.device = device;
    this.environment = environment;
    this.in = new BufferedReader(new InputStreamReader(System.in, input));
    this.out = stream(FileDescriptor.out, output);
    this.err = stream(FileDescriptor.err, output);
    this.unicode = output.equals(StandardCharsets.UTF_8);
  }

  static StandardTerminal of(OperatingSystem system, Map<String, String> environment) {
    return switch (system) {
      case LINUX, MAC ->
          new StandardTerminal(
              new PosixTerminal(system),
              environment,
              StandardCharsets.UTF_8,
              StandardCharsets.UTF_8);
      case WINDOWS ->
          new StandardTerminal(
              new WindowsTerminal(),
              environment,
              consoleCharset("stdin.encoding"),
              consoleCharset("stdout.encoding"));
    };
  }

  /// The JVM knows the console's code page, but only means it when there is a console; Git Bash's
  /// window is none, and takes UTF-8.
  private static Charset consoleCharset(String property) {
    String name = System.getProperty(property, "UTF-8");
    return System.console() != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }

  private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192), false, charset);
  }

  @Override
  public BufferedReader in() {
    return in;
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }

  @Override
  public boolean inIsTerminal() {
    return device.isTerminal(TerminalDevice.IN);
  }

  @Override
  public boolean outIsTerminal() {
    return device.isTerminal(TerminalDevice.OUT);
  }

  @Override
  public boolean errIsTerminal() {
    return device.isTerminal(TerminalDevice.ERR);
  }

  @Override
  public int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    if (columns.matches("[1-9][0-9]{0,3}")) {
      return Integer.parseInt(columns);
    }
    return device.width().orElse(USUAL_WIDTH);
  }

  @Override
  public boolean unicode() {
    return unicode;
  }

  @Override
  public boolean ansi() {
    return device.ansi();
  }

  @Override
  public String readSecret(String prompt) throws IOException {
    if (System.console() != null) {
      char[] typed = System.console().readPassword("%s", prompt);
      return typed == null ? null : new String(typed);
    }
    err.print("(what you type will be visible) " + prompt);
    err.flush();
    return in.readLine();
  }
}
