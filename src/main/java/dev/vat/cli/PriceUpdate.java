package dev.vat.cli;

import dev.vat.cost.PriceBook;
import dev.vat.cost.PriceList;
import dev.vat.disk.SmallFile;
import dev.vat.progress.Progress;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// Gets AWS's price lists of a region and keeps what vat needs of them in
/// `~/.config/vat/prices-aws.json`. The lists are public; nothing is sent but the request.
///
/// Source: AWS Price List Bulk API.
final class PriceUpdate {
  static final String AWS = "https://pricing.us-east-1.amazonaws.com";
  private static final int TIMEOUT_MILLIS = 60_000;

  private final PriceFiles files;
  private final String lists;

  /// @param lists where the lists are: [#AWS], or a mirror
  PriceUpdate(PriceFiles files, String lists) {
    this.files = files;
    this.lists = lists.replaceAll("/+$", "");
  }

  /// @throws CommandFailure when a list cannot be had; the file is what it was
  void run(String region, Invocation invocation) throws IOException {
    if (!region.matches("[a-z0-9-]{1,32}")) {
      throw CommandFailure.usage(
          Printable.of(region) + " is no AWS region", "in AWS's spelling: ap-southeast-1");
    }
    PriceBook fresh = PriceBook.empty();
    for (String service : PriceList.SERVICES) {
      fresh = fresh.overlaidBy(list(service, region, invocation.console().progress()));
    }
    PriceBook all = files.toldByAws().overlaidBy(fresh);
    Files.createDirectories(files.folder());
    SmallFile.replace(files.fromAws(), all.json("AWS Price List").getBytes(StandardCharsets.UTF_8));
    invocation
        .console()
        .note("The prices of " + region + " are now AWS's own, in " + files.fromAws() + ".");
  }

  private PriceBook list(String service, String region, Progress progress) throws IOException {
    URI address =
        URI.create(lists + "/offers/v1.0/aws/" + service + "/current/" + region + "/index.json");
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "no_price_list",
            "there is no price list of " + service + " for " + region + " at " + address,
            "is the region spelled as AWS does it? (" + connection.getResponseCode() + ")");
      }
      try (Progress.Task task =
              progress.begin("prices of " + service, connection.getContentLengthLong());
          InputStream in =
              new BufferedInputStream(new Counted(connection.getInputStream(), task))) {
        return PriceList.read(in, service, region);
      }
    } catch (ClassCastException | IllegalArgumentException notHttp) {
      throw CommandFailure.usage(
          Printable.of(lists) + " is no address of price lists", "it begins with https://");
    } catch (UnknownHostException | SocketException away) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "unreachable",
          address.getHost() + " cannot be reached: " + away.getMessage(),
          "the prices that vat has are used without --update-prices");
    }
  }

  /// Tells how many bytes came.
  private static final class Counted extends FilterInputStream {
    private final Progress.Task task;

    private Counted(InputStream in, Progress.Task task) {
      super(in);
      this.task = task;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        task.advance(1);
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count > 0) {
        task.advance(count);
      }
      return count;
    }
  }
}
