package dev.vat.cli;

/// When to use colours: on a terminal only, always, or never.
enum ColorChoice {
  auto,
  always,
  never
}
