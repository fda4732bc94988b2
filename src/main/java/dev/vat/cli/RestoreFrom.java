package dev.vat.cli;

/// Which copy `vat restore` takes, when it was said.
enum RestoreFrom {
  ssd,
  s3
}
