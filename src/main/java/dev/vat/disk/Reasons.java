package dev.vat.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/// What to tell of a fault whose file is named already.
final class Reasons {
  private Reasons() {}

  static String of(IOException fault) {
    Throwable told = fault instanceof FileCopying.WriteFault ? fault.getCause() : fault;
    if (told instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (told instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
  }
}
