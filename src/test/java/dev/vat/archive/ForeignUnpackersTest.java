package dev.vat.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vat.project.RelativeName;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives are for people without `vat`: what their programs make of them. Programs that this
/// computer does not have are said to be missing.
class ForeignUnpackersTest {
  @TempDir static Path folder;

  private static final SampleTree TREE = SampleTree.rich();
  private static Path archive;

  @BeforeAll
  static void write() throws IOException {
    archive = folder.resolve("b40-old.tar.gz");
    Files.write(archive, TREE.archived());
  }

  @Test
  void gnu_tar_gives_back_the_identical_tree_with_its_times() throws Exception {
    Path out = unpacked("tar", "xzf", archive.toString(), "-C");
    assertThat(SampleTree.found(out, true)).isEqualTo(TREE.expected(true));
  }

  @Test
  void bsdtar_gives_back_the_identical_tree_with_its_times() throws Exception {
    Path out = unpacked("bsdtar", "xzf", archive.toString(), "-C");
    assertThat(SampleTree.found(out, true)).isEqualTo(TREE.expected(true));
  }

  @Test
  void python_gives_back_the_identical_tree() throws Exception {
    Path out =
        unpacked(
            "python3",
            "-c",
            "import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])",
            archive.toString());
    // Its times are floating point numbers: not exact below the microsecond.
    assertThat(SampleTree.found(out, false)).isEqualTo(TREE.expected(false));
  }

  @Test
  void seven_zip_gives_back_the_identical_tree() throws Exception {
    Path tar = Files.createTempDirectory(folder, "7z").resolve("b40-old.tar");
    run("7z", "x", archive.toString(), "-o" + tar.getParent());
    Path out = Files.createTempDirectory(folder, "7z");
    run("7z", "x", tar.toString(), "-o" + out);
    Files.delete(out.resolve(Toc.NAME));
    assertThat(SampleTree.found(out, false)).isEqualTo(TREE.expected(false));
  }

  @Test
  void gzip_finds_nothing_wrong() throws Exception {
    assertThat(run("gzip", "-t", archive.toString())).isEmpty();
  }

  @Test
  void tar_and_python_read_sizes_over_8_gib() throws Exception {
    long size = (9L << 30) + 12345;
    byte[] header =
        TarHeaders.of(new ArchiveItem.File(RelativeName.of("b40/big.mov"), size, SampleTree.TIME));
    Path tar = folder.resolve("big.tar");
    // A hole where the content would be.
    try (FileChannel channel =
        FileChannel.open(
            tar,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(header));
      long end = header.length + size + TarHeaders.padding(size);
      channel.write(ByteBuffer.allocate(1024), end);
    }
    assertThat(run("tar", "tvf", tar.toString()))
        .contains(" " + size + " ")
        .contains("b40/big.mov");
    assertThat(
            run(
                "python3",
                "-c",
                "import sys, tarfile\nfor m in tarfile.open(sys.argv[1]): print(m.name, m.size)",
                tar.toString()))
        .isEqualTo("b40/big.mov " + size + "\n");
  }

  /// The target folder is the last argument.
  private static Path unpacked(String... command) throws Exception {
    Path out = Files.createTempDirectory(folder, command[0]);
    String[] whole = Arrays.copyOf(command, command.length + 1);
    whole[command.length] = out.toString();
    // GNU tar remarks on files from before 1970, and gives them their time all the same.
    assertThat(run(whole).lines().filter(line -> !line.contains("implausibly old"))).isEmpty();
    Path toc = out.resolve(Toc.NAME);
    assertThat(toc).exists();
    Files.delete(toc);
    return out;
  }

  private static String run(String... command) throws Exception {
    assumeTrue(isThere(command[0]), "this computer has no " + command[0]);
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String output = new String(Files.readAllBytes(said), StandardCharsets.ISO_8859_1);
    assertThat(process.exitValue()).as(List.of(command) + ": " + output).isZero();
    return output;
  }

  private static boolean isThere(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
