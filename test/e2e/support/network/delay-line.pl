# Carries the packets that are routed into a TUN device back out of it, each after a fixed time: this machine's kernel
# need not have sch_netem. Perl, because it is part of every Debian and can make the one ioctl that Node can't.
#   perl delay-line.pl DEVICE DELAY_MS
use strict;
use warnings;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

use constant { TUNSETIFF => 0x400454ca, IFF_TUN => 0x0001, IFF_NO_PI => 0x1000, MOST_WAITING => 4096 };

my ($name, $delay_ms) = @ARGV;
open(my $tun, '+<', '/dev/net/tun') or die "/dev/net/tun: $!\n";
ioctl($tun, TUNSETIFF, pack('a16 S x22', $name, IFF_TUN | IFF_NO_PI)) or die "TUNSETIFF: $!\n";
$| = 1;
print "ready\n";

my @waiting;
my $readers = '';
vec($readers, fileno($tun), 1) = 1;
while (1) {
    my $now = clock_gettime(CLOCK_MONOTONIC);
    syswrite($tun, (shift @waiting)->[1]) while @waiting && $waiting[0][0] <= $now;
    my $patience = @waiting ? $waiting[0][0] - $now : undef;
    next unless select(my $ready = $readers, undef, undef, $patience);
    next unless sysread($tun, my $packet, 65536);
    push @waiting, [clock_gettime(CLOCK_MONOTONIC) + $delay_ms / 1000, $packet] if @waiting < MOST_WAITING;
}
