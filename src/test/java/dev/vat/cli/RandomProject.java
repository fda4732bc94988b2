package dev.vat.cli;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The files of a project of which no two have the same bytes, by their names below its folder.
final class RandomProject {
  private RandomProject() {}

  /// One film, and so many takes and transcripts.
  static Map<String, byte[]> files(int seed, String film, int filmBytes, int takes) {
    Map<String, byte[]> files = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    files.put(film, bytes(random, filmBytes));
    for (int i = 0; i < takes; i++) {
      files.put("recordings/day " + i % 2 + "/take-" + i + ".mp4", bytes(random, 700_000));
      files.put("data/transcript-" + i + ".txt", bytes(random, 900));
    }
    return files;
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
