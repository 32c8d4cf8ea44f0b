return follower(ARGV[4])
