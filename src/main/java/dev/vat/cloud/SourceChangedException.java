package dev.vat.cloud;

import java.io.IOException;

/// What is being sent is no longer what was hashed: somebody is writing to the file. Nothing became
/// visible in S3.
public final class SourceChangedException extends IOException {
  private static final long serialVersionUID = 1;

  public SourceChangedException(String message) {
    super(message);
  }
}
