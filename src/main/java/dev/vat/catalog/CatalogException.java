package dev.vat.catalog;

import java.io.IOException;
import java.nio.file.Path;

/// `projects.json` is there and cannot be understood. Nothing was changed.
public final class CatalogException extends IOException {
  private static final long serialVersionUID = 1L;

  CatalogException(Path file, String why, Throwable cause) {
    super(file + " cannot be understood: " + why, cause);
  }
}
