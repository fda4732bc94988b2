package dev.vat.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/// Streams that remember what was written, and input that was typed beforehand.
final class PaperTerminal implements Terminal {
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
  private final BufferedReader in;
  private final boolean isTerminal;
  private final boolean unicode;

  PaperTerminal(boolean isTerminal, boolean unicode, String typed) {
    this.isTerminal = isTerminal;
    this.unicode = unicode;
    this.in = new BufferedReader(new StringReader(typed));
  }

  String written() {
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  String writtenToErr() {
    return errBytes.toString(StandardCharsets.UTF_8);
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
    return isTerminal;
  }

  @Override
  public boolean outIsTerminal() {
    return isTerminal;
  }

  @Override
  public boolean errIsTerminal() {
    return isTerminal;
  }

  @Override
  public int width() {
    return 80;
  }

  @Override
  public boolean unicode() {
    return unicode;
  }

  @Override
  public boolean ansi() {
    return true;
  }

  @Override
  public String readSecret(String prompt) throws IOException {
    err.print(prompt);
    return in.readLine();
  }
}
