package dev.vat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;

/// Tells a waiting test what a serving command said, once it has said all of it.
final class Announcing implements Terminal {
  private static final String LAST_WORDS = "Ctrl-C stops it.";

  private final PaperTerminal paper;
  private final PrintStream out;

  Announcing(PaperTerminal paper, CompletableFuture<String> told) {
    this.paper = paper;
    this.out =
        new PrintStream(paper.out(), true) {
          @Override
          public void flush() {
            super.flush();
            if (paper.written().contains(LAST_WORDS)) {
              told.complete(paper.written());
            }
          }
        };
  }

  @Override
  public BufferedReader in() {
    return paper.in();
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return paper.err();
  }

  @Override
  public boolean inIsTerminal() {
    return false;
  }

  @Override
  public boolean outIsTerminal() {
    return false;
  }

  @Override
  public boolean errIsTerminal() {
    return false;
  }

  @Override
  public int width() {
    return 80;
  }

  @Override
  public boolean unicode() {
    return true;
  }

  @Override
  public boolean ansi() {
    return false;
  }

  @Override
  public String readSecret(String prompt) throws IOException {
    return paper.readSecret(prompt);
  }
}
