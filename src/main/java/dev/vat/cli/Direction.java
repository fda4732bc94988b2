package dev.vat.cli;

/// The two ways in which staged files go.
enum Direction {
  UP("up", "Uploading to S3:", "Uploaded", Symbol.UPLOAD),
  DOWN("down", "Downloading from S3:", "Downloaded", Symbol.DOWNLOAD);

  private final String command;
  private final String heading;
  private final String done;
  private final Symbol symbol;

  Direction(String command, String heading, String done, Symbol symbol) {
    this.command = command;
    this.heading = heading;
    this.done = done;
    this.symbol = symbol;
  }

  String command() {
    return command;
  }

  String heading() {
    return heading;
  }

  /// `Uploaded` or `Downloaded`.
  String done() {
    return done;
  }

  Symbol symbol() {
    return symbol;
  }
}
