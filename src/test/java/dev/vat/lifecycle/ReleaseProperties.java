package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Digested;
import dev.vat.disk.FileIdentity;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.OpenForWriting;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whatever state the copies are in, and whatever happens meanwhile: no content loses its last good
/// copy.
final class ReleaseProperties {
  private static final ProjectId PROJECT = new ProjectId("b63-flivideo");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
  private static final String[] CONTENTS = {"one take", "two take", "a much longer take", ""};
  private static final String[] DRIVES = {"T7", "T8", "T9", "mac"};

  /// What can be wrong with a copy.
  private enum State {
    GOOD,
    MISSING,
    PARTIAL,
    DAMAGED,
    ANOTHER,
    FOLDER,
    LINK
  }

  /// A fault of the program itself, in the middle.
  private static final class Cut extends Error {
    private static final long serialVersionUID = 1;
  }

  @Property(tries = 300)
  void no_state_loses_the_last_good_copy_of_any_content(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int minCopies) throws Exception {
    Path folder = Files.createTempDirectory("vat-release-");
    try {
      new Story(folder, new Random(seed), minCopies).run();
    } finally {
      delete(folder);
    }
  }

  private static final class Story {
    private final Random random;
    private final int minCopies;
    private final Disks disks;
    private final Path root;
    private final Path folder;
    private final List<Path> copies = new ArrayList<>();
    private final Map<Path, String> before = new HashMap<>();
    private final CloudCopies cloud = new CloudCopies(PROJECT, CLOCK);

    private Story(Path folder, Random random, int minCopies) throws IOException {
      this.folder = folder;
      this.random = random;
      this.minCopies = minCopies;
      this.disks = new Disks(folder);
      this.root = disks.disk("mac");
    }

    private void run() throws IOException {
      List<Releasable> items = new ArrayList<>();
      int files = 1 + random.nextInt(4);
      for (int i = 0; i < files; i++) {
        Disks.write(root.resolve(PROJECT + "/recordings/take" + i + ".mov"), any(CONTENTS));
      }
      List<TreeFile> found = Disks.files(root.resolve(PROJECT.value()));
      Optional<CloudProof> proof = inCloud(found);
      for (TreeFile file : found) {
        List<OtherCopy> known = copiesOf(file);
        proof
            .map(one -> one.digests().get(inArchive(file)))
            .ifPresent(digest -> known.add(new OtherCopy.InCloud(proof.get(), digest)));
        items.add(new Releasable(file, known));
      }
      for (Releasable item : items) {
        if (random.nextInt(6) == 0) {
          // Changed since it was planned.
          Files.writeString(item.file().path(), any(CONTENTS));
        }
        before.put(item.file().path(), Files.readString(item.file().path()));
      }
      Release release =
          new Release(
              new ReleasingFolder(root, FilePlacement.ofThisSystem(), CLOCK),
              disks.volumes(),
              new DeviceDigests(),
              _ -> {
                mischief();
                return OpenForWriting.look(List.of());
              },
              CLOCK);
      try {
        release.release(PROJECT, items, minCopies, new Shaky());
      } catch (Cut cut) {
        // The next run begins by bringing back what is aside.
        assertNothingIsLost();
        ReleasingFolder.of(root, CLOCK).bringBack(PROJECT);
      }
      assertNothingIsLost();
      assertThat(root.resolve(".vat-releasing")).doesNotExist();
    }

    private static String inArchive(TreeFile file) {
      return BackupSource.inArchive(PROJECT, file.name()).value();
    }

    /// An archive in S3: of these very contents or others, of some or all files, there or gone or
    /// replaced since it was proven, or to be removed by a rule.
    private Optional<CloudProof> inCloud(List<TreeFile> files) throws IOException {
      Map<String, String> archived = new HashMap<>();
      for (TreeFile file : files) {
        if (random.nextInt(5) > 0) {
          archived.put(
              inArchive(file),
              random.nextInt(4) > 0 ? Files.readString(file.path()) : any(CONTENTS));
        }
      }
      if (archived.isEmpty() || random.nextInt(3) == 0) {
        return Optional.empty();
      }
      if (random.nextInt(5) == 0) {
        cloud.expire();
      }
      CloudProof.Answer answer = cloud.store(archived);
      switch (random.nextInt(6)) {
        case 0 -> cloud.remove();
        case 1 -> cloud.replace();
        default -> {}
      }
      return answer instanceof CloudProof.Answer.Proven(CloudProof proof, boolean _)
          ? Optional.of(proof)
          : Optional.empty();
    }

    /// Something happens to a copy before anything is deleted.
    private void mischief() {
      try {
        switch (random.nextInt(8)) {
          case 0 -> cloud.remove();
          case 1 -> cloud.replace();
          default -> {}
        }
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
      if (copies.isEmpty() || random.nextInt(3) > 0) {
        return;
      }
      Path victim = copies.get(random.nextInt(copies.size()));
      try {
        if (!Files.isRegularFile(victim, LinkOption.NOFOLLOW_LINKS) || Files.size(victim) == 0) {
          return;
        }
        switch (random.nextInt(3)) {
          case 0 -> Files.delete(victim);
          case 1 -> Disks.damage(victim);
          default -> Files.writeString(victim, "overwritten");
        }
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    }

    private List<OtherCopy> copiesOf(TreeFile file) throws IOException {
      List<OtherCopy> copies = new ArrayList<>();
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        String drive = any(DRIVES);
        Path copy = disks.disk(drive).resolve("copies-" + i + "/" + file.path().getFileName());
        String content = Files.readString(file.path());
        Disks.write(copy, content);
        Optional<DeviceProof> proof =
            random.nextBoolean() ? Optional.of(proof(copy)) : Optional.empty();
        spoil(copy, content);
        copies.add(new OtherCopy.OnDisk(copy, drive, proof));
        this.copies.add(copy);
      }
      return copies;
    }

    private void spoil(Path copy, String content) throws IOException {
      Disks.waitForTheClockToTick(copy.getParent());
      State state = random.nextInt(2) == 0 ? State.GOOD : any(State.values());
      switch (state) {
        case GOOD -> {}
        case MISSING -> Files.delete(copy);
        case PARTIAL -> Disks.write(copy, content.substring(0, content.length() / 2));
        case DAMAGED -> {
          if (!content.isEmpty()) {
            Disks.damage(copy);
          }
        }
        case ANOTHER -> Disks.write(copy, any(CONTENTS));
        case FOLDER -> {
          Files.delete(copy);
          Files.createDirectory(copy);
        }
        case LINK -> {
          Files.delete(copy);
          Files.createSymbolicLink(copy, root.resolve(PROJECT + "/recordings/take0.mov"));
        }
      }
    }

    private DeviceProof proof(Path copy) throws IOException {
      Digested read = new DeviceDigests().of(copy, Progress.none().begin("", 0));
      Instant at = CLOCK.instant().minusSeconds(random.nextBoolean() ? 10 : 10_000);
      return new DeviceProof(FileIdentity.of(copy), read.digests(), at);
    }

    /// Each file is where it was, or its content is on as many other disks as were asked for.
    private void assertNothingIsLost() throws IOException {
      for (Map.Entry<Path, String> one : before.entrySet()) {
        Set<String> places = new HashSet<>();
        boolean onMac = false;
        for (Path file : everyFile()) {
          if (Files.readString(file).equals(one.getValue())) {
            String disk = folder.relativize(file).getName(0).toString();
            onMac |= file.equals(one.getKey()) || file.toString().contains(".vat-");
            if (!disk.equals("mac")) {
              places.add(disk);
            }
          }
        }
        if (!onMac && cloud.has(one.getValue())) {
          places.add("S3");
        }
        assertThat(onMac || places.size() >= minCopies)
            .as("%s, of which %d copies must be left: %s", one.getKey(), minCopies, places)
            .isTrue();
      }
    }

    private List<Path> everyFile() throws IOException {
      List<Path> files = new ArrayList<>();
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              if (facts.isRegularFile()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      return files;
    }

    @SafeVarargs
    private <T> T any(T... choices) {
      return choices[random.nextInt(choices.length)];
    }

    /// Now and then the power goes while a file is being read.
    private final class Shaky implements Progress {
      @Override
      public Task begin(String what, long bytes) {
        return new Task() {
          @Override
          public void advance(long read) {
            if (random.nextInt(8) == 0) {
              throw new Cut();
            }
          }

          @Override
          public void close() {
            // Nothing to end.
          }
        };
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, IOException fault) throws IOException {
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
