package dev.vat.cli;

import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// For commands that send or fetch files.
final class TransferOptions {
  @Option(
      names = "--limit-rate",
      paramLabel = "RATE",
      converter = RateConverter.class,
      description = "at most so many bytes a second: 500K, 2M, 1.5M")
  private Long bytesPerSecond;

  /// Bytes per second for all transfers of the command together; empty for as fast as it goes.
  OptionalLong limitRate() {
    return bytesPerSecond == null ? OptionalLong.empty() : OptionalLong.of(bytesPerSecond);
  }
}
