package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.DeviceDigests;
import dev.vat.mhl.Creator;
import dev.vat.mhl.Generation;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.MhlHistory;
import dev.vat.mhl.MhlLayout;
import dev.vat.mhl.MhlProcess;
import dev.vat.mhl.MhlWriter;
import dev.vat.progress.Progress;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Checksum histories of folders below a project (a camera card's), and files that people keep in a
/// folder `ascmhl`, on their way to drives and home.
final class HistoriesOnTheWayTest extends DrivesAndBucket {
  private static final String CARD = "recordings/ascmhl/ascmhl_chain.xml";
  private Path copy;

  @BeforeEach
  void recorded() throws IOException {
    copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    succeed("mhl", "create", home.resolve("recordings").toString());
    clock.pass(Duration.ofHours(1));
  }

  @Test
  void a_copy_takes_the_history_of_a_camera_card_along_and_does_not_record_it() throws IOException {
    succeed("copy", "b63", "--to", "T8");

    assertThat(copy.resolve(CARD)).hasSameBinaryContentAs(home.resolve(CARD));
    assertThat(MhlHistory.read(copy).files().keySet())
        .extracting(RelativeName::value)
        .containsExactly("final/cut.mov", "notes.txt", "recordings/take 1.mp4");
    succeed("verify", "b63", "--place", "ssd");
  }

  @Test
  void a_card_s_history_that_a_verification_went_on_with_is_no_conflict() throws IOException {
    succeed("copy", "b63", "--to", "T8");
    clock.pass(Duration.ofHours(1));
    succeed("verify", "b63", "--place", "ssd");
    byte[] wentOn = Files.readAllBytes(copy.resolve(CARD));
    assertThat(wentOn).isNotEqualTo(Files.readAllBytes(home.resolve(CARD)));

    succeed("copy", "b63", "--to", "T8");
    succeed("archive", "b63", "--to", "T8", "--keep-local");

    assertThat(copy.resolve(CARD)).hasBinaryContent(wentOn);
  }

  @Test
  void a_card_s_history_that_a_cut_run_left_incomplete_is_completed() throws IOException {
    succeed("copy", "b63", "--to", "T8");
    Files.delete(copy.resolve(CARD));

    succeed("copy", "b63", "--to", "T8");

    assertThat(copy.resolve(CARD)).hasSameBinaryContentAs(home.resolve(CARD));
  }

  @Test
  void a_card_s_history_comes_home_with_its_project() throws IOException {
    succeed("copy", "b63", "--to", "T8");
    byte[] chain = Files.readAllBytes(home.resolve(CARD));
    remove(home);

    succeed("restore", "b63");

    assertThat(home.resolve(CARD)).hasBinaryContent(chain);
    assertThat(home.resolve("ascmhl")).as("the copy's own stays with it").doesNotExist();
  }

  @Test
  void what_people_keep_in_a_folder_ascmhl_is_copied() throws IOException {
    write("ascmhl/shot list.txt", 40);

    succeed("copy", "b63", "--to", "T8");

    assertThat(copy.resolve("ascmhl/shot list.txt"))
        .hasBinaryContent(files.get("ascmhl/shot list.txt"));
    succeed("verify", "b63", "--place", "ssd");
    assertThat(vat("list", "b63*").out()).containsPattern("flat +verified .* 2\\n");
  }

  /// Such a history told of the card's as of content, which the next verification changed.
  @Test
  void a_copy_of_an_earlier_version_that_recorded_a_card_s_history_is_whole_to_every_command()
      throws IOException {
    succeed("copy", "b63", "--to", "T8");
    remove(copy.resolve("ascmhl"));
    List<MhlEntry> entries = new ArrayList<>();
    try (Stream<Path> all = Files.walk(copy)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        entries.add(
            MhlEntry.of(
                RelativeName.of(copy.relativize(file).toString()),
                new DeviceDigests().plainly(file, Progress.none().begin("", 0)).digests(),
                Files.getLastModifiedTime(file).toInstant(),
                HashAction.ORIGINAL,
                clock.instant()));
      }
    }
    assertThat(entries).filteredOn(entry -> MhlLayout.isHistory(entry.name())).hasSize(2);
    MhlWriter.append(
        copy,
        new Generation(MhlProcess.TRANSFER, clock.instant(), Creator.vat("mac", "1"), entries)
            .ofWholeFolder());

    clock.pass(Duration.ofHours(1));
    succeed("verify", "b63", "--place", "ssd");
    clock.pass(Duration.ofHours(1));
    succeed("verify", "b63", "--place", "ssd", "--repair");
    remove(home);
    succeed("manifest");
    assertThat(vat("list", "b63*").out()).containsPattern("- +verified .* 1\\n");
    succeed("backup", "b63");
    succeed("restore", "b63", "--from", "ssd");
    assertThat(home.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
  }
}
