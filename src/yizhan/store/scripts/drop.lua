local job = load(ARGV[4])
if not job or not (job.state == 'ready' or LISTED[job.state]) then
  return 0
end
delete(job)
return 1
