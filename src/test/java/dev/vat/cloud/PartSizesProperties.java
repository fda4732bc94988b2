package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PartSizesProperties {
  private static final long MIB = 1024 * 1024;
  private static final long TIB = MIB * MIB;

  @Property(tries = 5000)
  void whatever_the_size_each_tools_own_parts_are_among_the_candidates(
      @ForAll @LongRange(min = 1, max = 48 * TIB) long sizeBytes,
      @ForAll PartSizes.Tool tool,
      @ForAll @LongRange(min = 0, max = 44) long smaller) {
    long size = Math.max(1, sizeBytes >> smaller);
    long part = tool.partBytes(size);
    long parts = Math.ceilDiv(size, part);

    if (parts <= MultipartETag.MAX_PARTS) {
      assertThat(PartSizes.candidates(size, (int) parts)).contains(parts == 1 ? size : part);
    }
  }

  @Property
  void no_candidate_gives_another_number_of_parts_and_they_are_few(
      @ForAll @LongRange(min = 0, max = 48 * TIB) long sizeBytes,
      @ForAll @LongRange(min = 1, max = 10_000) long parts) {
    List<Long> candidates = PartSizes.candidates(sizeBytes, (int) parts);

    assertThat(candidates).hasSizeLessThanOrEqualTo(12).doesNotHaveDuplicates();
    assertThat(candidates)
        .allMatch(part -> PartSizes.fits(sizeBytes, (int) parts, part))
        .allMatch(part -> PartSizes.lastPartBytes(sizeBytes, (int) parts, part) <= part);
  }

  @Property
  void no_tool_makes_more_parts_than_s3_takes(
      @ForAll @LongRange(min = 1, max = 48 * TIB) long sizeBytes, @ForAll PartSizes.Tool tool) {
    switch (tool) {
      // They refuse what would need more.
      case S3CMD, CONSOLE -> {}
      case AWS_CLI, JAVA_SDK, GO_SDK, S5CMD, RCLONE, MINIO ->
          assertThat(Math.ceilDiv(sizeBytes, tool.partBytes(sizeBytes)))
              .isLessThanOrEqualTo(MultipartETag.MAX_PARTS);
    }
  }
}
